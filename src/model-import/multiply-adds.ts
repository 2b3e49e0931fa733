/** Counts the multiply-adds of one frame, as the model zoo does: convolutions only. */
import type { Graph } from './graph.ts';
import { valueCount } from './graph.ts';
import type { KnownGraph } from './known-graph.ts';

/** @returns null where the size of a convolution's output is not known. */
export function multiplyAdds({ nodes, tensors }: Graph, { shapes }: KnownGraph): number | null {
  let sum = 0;
  for (const { name, op, input } of nodes) {
    const isDepthwise = op === 'DepthwiseConv2dNative' || op === 'FusedDepthwiseConv2dNative';
    if (op !== 'Conv2D' && op !== '_FusedConv2D' && !isDepthwise) continue;
    const output = shapes.get(name);
    const [height, width, channels] = tensors.get(input[1] ?? '')?.shape ?? [];
    if (output === undefined || height === undefined || width === undefined || channels === undefined) {
      return null;
    }
    sum += valueCount(output) * height * width * (isDepthwise ? 1 : channels);
  }
  return sum;
}
