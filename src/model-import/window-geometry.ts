/** Sizes and padding of convolutions and pools, as TensorFlow defines them. */
import { attrInts, attrText } from './attribute.ts';
import type { GraphNode } from './graph.ts';

/** Pixels added before and behind, per axis: height, width. */
export type Pads = readonly [readonly [number, number], readonly [number, number]];

export type WindowPadding =
  { readonly kind: 'SAME' } | { readonly kind: 'VALID' } | { readonly kind: 'EXPLICIT'; readonly pads: Pads };

/** [height, width] each. */
export interface WindowGeometry {
  readonly strides: readonly [number, number];
  readonly dilations: readonly [number, number];
  readonly padding: WindowPadding;
}

/** null if it is not NHWC, or if its attributes contradict that. */
export function windowGeometry(node: GraphNode): WindowGeometry | null {
  if ((attrText(node, 'data_format') ?? 'NHWC') !== 'NHWC') return null;
  const strides = spatial(attrInts(node, 'strides'));
  const dilations = spatial(attrInts(node, 'dilations') ?? [1, 1, 1, 1]);
  const padding = paddingOf(node);
  return strides === null || dilations === null || padding === null ? null : { strides, dilations, padding };
}

/** The window's own size for a pool; null as above. */
export function poolSize(node: GraphNode): readonly [number, number] | null {
  return spatial(attrInts(node, 'ksize'));
}

/** Length of one axis after a window; null if nothing is left. */
export function lengthBehind(
  length: number,
  kernel: number,
  { strides, dilations, padding }: WindowGeometry,
  axis: 0 | 1,
): number | null {
  const stride = strides[axis];
  if (padding.kind === 'SAME') return Math.ceil(length / stride);
  const [before, behind] = padding.kind === 'EXPLICIT' ? padding.pads[axis] : [0, 0];
  const reach = dilations[axis] * (kernel - 1) + 1;
  const out = Math.floor((length + before + behind - reach) / stride) + 1;
  return out >= 1 ? out : null;
}

/**
 * SAME's padding at stride 1, which does not depend on the input's size.
 * @param reach pixels that the dilated kernel covers.
 */
export function samePadsAtStride1(reach: number): readonly [number, number] {
  const total = reach - 1;
  return [Math.floor(total / 2), Math.ceil(total / 2)];
}

function spatial(values: readonly number[] | null): readonly [number, number] | null {
  const [batch, height, width, channels] = values ?? [];
  if (values?.length !== 4 || batch !== 1 || channels !== 1) return null;
  if (height === undefined || width === undefined || height < 1 || width < 1) return null;
  return [height, width];
}

function paddingOf(node: GraphNode): WindowPadding | null {
  const kind = attrText(node, 'padding');
  if (kind === 'SAME' || kind === 'VALID') return { kind };
  if (kind !== 'EXPLICIT') return null;
  const [b0, b1, top, bottom, left, right, c0, c1] = attrInts(node, 'explicit_paddings') ?? [];
  if (b0 !== 0 || b1 !== 0 || c0 !== 0 || c1 !== 0) return null;
  if (top === undefined || bottom === undefined || left === undefined || right === undefined) return null;
  if (Math.min(top, bottom, left, right) < 0) return null;
  return {
    kind,
    pads: [
      [top, bottom],
      [left, right],
    ],
  };
}
