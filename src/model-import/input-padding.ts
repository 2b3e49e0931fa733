/** How a graph wants its picture: padded by us to 16k+1, or unpadded because the graph pads to `size` itself. */
export type GraphPadding = { readonly kind: 'outside' } | { readonly kind: 'inside'; readonly size: number };
