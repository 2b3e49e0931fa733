/** An error in a graph, before the name of its file is known. */

/** 'damaged': the file contradicts itself; 'unsupported': it may be valid, but this converter does not support it. */
export type GraphErrorKind = 'not-a-model' | 'damaged' | 'unsupported';

export class GraphError extends Error {
  override readonly name = 'GraphError';
  readonly kind: GraphErrorKind;

  constructor(kind: GraphErrorKind, detail: string, options?: ErrorOptions) {
    super(detail, options);
    this.kind = kind;
  }
}

/** Names come from the file; a hostile one must not fill the page. */
export function quoted(name: string): string {
  return `"${name.length > 80 ? `${name.slice(0, 77)}...` : name}"`;
}
