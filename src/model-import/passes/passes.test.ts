import { describe, expect, test } from 'vitest';
import { largestDifference, runGraph } from '../../../scripts/testing/run-graph.ts';
import type { Picture } from '../../../scripts/testing/run-graph.ts';
import { flagAttr } from '../attribute.ts';
import type { Graph, PassResult } from '../graph.ts';
import { GraphError } from '../graph-error.ts';
import { pruned } from '../graph-order.ts';
import { GraphBuilder } from '../testing/graph-builder.ts';
import { PUBLISHED_SIDE, mobilenetLike } from '../testing/published-graph.ts';
import { cutAtLogits } from './cut-at-logits.ts';
import { dropIdentityResizes } from './drop-identity-resizes.ts';
import { foldConstants } from './fold-constants.ts';
import { foldDilation } from './fold-dilation.ts';
import { foldPadding } from './fold-padding.ts';
import { foldScale } from './fold-scale.ts';
import { fuseConvolutions } from './fuse-convolutions.ts';
import { globalPoolAsMean } from './global-pool-as-mean.ts';
import { lowerBatchNorm } from './lower-batch-norm.ts';
import { moveOffsets } from './move-offsets.ts';
import { pooledBranchAsBias } from './pooled-branch-as-bias.ts';
import { stripIdentities } from './strip-identities.ts';
import { takePreprocessingOut } from './take-preprocessing-out.ts';

/** float32 sums in another order differ by their last bits. */
const ROUNDING = 1e-4;

function picture(height: number, width = height): Picture {
  const values = Array.from(
    { length: height * width * 3 },
    (_, i) => Math.sin(i * 0.37) + Math.cos(i * 0.011),
  );
  return { shape: [1, height, width, 3], values };
}

/** Runs the graph before and after the passes; both must give the same numbers at `output`. */
async function expectSame(
  graph: Graph,
  output: string,
  input: Picture,
  ...passes: ((graph: Graph) => PassResult)[]
) {
  let changed = graph;
  const counts: number[] = [];
  for (const pass of passes) {
    const result = pass(changed);
    counts.push(result.count);
    changed = pruned(result.graph, [output]);
  }
  const before = await runGraph(pruned(graph, [output]), input, output);
  const after = await runGraph(changed, input, output);
  expect(before.length).toBeGreaterThan(0);
  expect(largestDifference(before, after)).toBeLessThan(ROUNDING);
  return { ops: changed.nodes.map(({ op }) => op), counts, changed };
}

function one(build: (b: GraphBuilder) => string): { readonly graph: Graph; readonly output: string } {
  const b = new GraphBuilder(7);
  const output = build(b);
  return { graph: b.graph(), output };
}

describe('stripIdentities', () =>
  test('removes chains of identities', async () => {
    const { graph, output } = one((b) => {
      const twice = b.node('b', 'StopGradient', [b.node('a', 'Identity', [b.input()])]);
      return b.conv('c', twice, [3, 3, 3, 4]);
    });
    const { ops } = await expectSame(graph, output, picture(9), stripIdentities);
    expect(ops).toEqual(['Placeholder', 'Conv2D']);
  }));

describe('foldConstants', () => {
  test('computes batch norm that was written out by hand, with broadcasting', async () => {
    const { graph, output } = one((b) => {
      b.randoms('variance', [3], 0.5, 1.5);
      b.floats('epsilon', [0.001], []);
      b.randoms('gamma', [1, 1, 1, 3]);
      b.node('sum', 'Add', ['variance', 'epsilon']);
      b.node('rsqrt', 'Rsqrt', ['sum']);
      b.node('scale', 'Mul', ['rsqrt', 'gamma']);
      return b.node('scaled', 'Mul', [b.input(), 'scale']);
    });
    const { ops, counts } = await expectSame(graph, output, picture(5), foldConstants);
    expect(ops).toEqual(['Placeholder', 'Mul']);
    expect(counts).toEqual([3]);
  });

  test('leaves what depends on the picture', () => {
    const { graph } = one((b) => b.node('shape', 'Shape', [b.input()]));
    expect(foldConstants(graph).count).toBe(0);
  });
});

describe('lowerBatchNorm and foldScale', () => {
  test('multiply batch norm into a convolution', async () => {
    const { graph, output } = one((b) => b.batchNorm('n', b.conv('c', b.input(), [3, 3, 3, 5], 2), 5));
    const { ops } = await expectSame(graph, output, picture(9), lowerBatchNorm, foldScale);
    expect(ops).toEqual(['Placeholder', 'Conv2D', 'BiasAdd']);
  });

  test('multiply batch norm into a depthwise convolution, channel by channel', async () => {
    const { graph, output } = one((b) => b.batchNorm('n', b.depthwise('d', b.input(), 3), 3));
    const { ops } = await expectSame(graph, output, picture(9), lowerBatchNorm, foldScale);
    expect(ops).toEqual(['Placeholder', 'DepthwiseConv2dNative', 'BiasAdd']);
  });

  test('follow a chain of Mul, Sub and Add in its order', async () => {
    const { graph, output } = one((b) => {
      const c = b.conv('c', b.input(), [1, 1, 3, 4]);
      b.randoms('k', [4]);
      b.floats('two', [2], []);
      const added = b.node('a', 'Add', ['k', c]);
      return b.node('s', 'Sub', [b.node('m', 'Mul', [added, 'two']), 'k']);
    });
    const { counts } = await expectSame(graph, output, picture(4), foldScale);
    expect(counts).toEqual([3]);
  });

  test('leave a convolution unchanged if its output has another consumer', async () => {
    const { graph, output } = one((b) => {
      const c = b.conv('c', b.input(), [1, 1, 3, 4]);
      return b.node('sum', 'Add', [c, b.batchNorm('n', c, 4)]);
    });
    const { counts } = await expectSame(graph, output, picture(4), lowerBatchNorm, foldScale);
    expect(counts).toEqual([1, 0]);
  });

  test('refuse batch norm over the batch itself', () => {
    const { graph } = one((b) => b.batchNorm('n', b.input(), 3));
    const training = graph.nodes.map((node) => ({
      ...node,
      attr: { ...node.attr, is_training: flagAttr(true) },
    }));
    expect(() => lowerBatchNorm({ ...graph, nodes: training })).toThrow(GraphError);
  });
});

describe('foldDilation', () => {
  test.each([
    [2, 9],
    [2, 10],
    [3, 11],
    [4, 17],
  ])(
    'turns SpaceToBatch and BatchToSpace at rate %i on a side of %i into one convolution',
    async (rate, side) => {
      const { graph, output } = one((b) => b.atrousDepthwise('d', b.input(), 3, rate, side));
      const { ops } = await expectSame(graph, output, picture(side), foldDilation);
      expect(ops).toEqual(['Placeholder', 'DepthwiseConv2dNative']);
    },
  );

  test('keeps padding that SAME would not give', async () => {
    const { graph, output } = one((b) => b.atrousDepthwise('d', b.input(), 3, 2, 9));
    graph.tensors.get('d/paddings')?.data.set([3, 4, 1, 2]);
    const { ops } = await expectSame(graph, output, picture(9), foldDilation);
    expect(ops).toEqual(['Placeholder', 'DepthwiseConv2dNative']);
  });

  test('leaves them alone if they crop pixels of the picture', () => {
    const { graph } = one((b) => b.atrousDepthwise('d', b.input(), 3, 2, 9));
    graph.tensors.get('d/crops')?.data.set([3, 3, 0, 1]);
    expect(foldDilation(graph).count).toBe(0);
  });
});

describe('foldPadding', () => {
  const padded = (pads: readonly number[], stride: number, padding = 'VALID') =>
    one((b) => {
      b.ints('pads', pads, [4, 2]);
      return b.conv('c', b.node('p', 'Pad', [b.input(), 'pads']), [3, 3, 3, 4], stride, padding);
    });

  test.each([
    [[0, 0, 1, 1, 1, 1, 0, 0], 1, 9],
    [[0, 0, 1, 1, 1, 1, 0, 0], 2, 9],
    [[0, 0, 1, 1, 1, 1, 0, 0], 2, 10],
    [[0, 0, 0, 2, 1, 0, 0, 0], 2, 10],
  ])('lets the convolution pad %j at stride %i on a side of %i', async (pads, stride, side) => {
    const { graph, output } = padded(pads, stride);
    const { ops } = await expectSame(graph, output, picture(side), foldPadding);
    expect(ops).toEqual(['Placeholder', 'Conv2D']);
  });

  test('leaves padding before a convolution that pads too, and padding of channels', () => {
    expect(foldPadding(padded([0, 0, 1, 1, 1, 1, 0, 0], 1, 'SAME').graph).count).toBe(0);
    expect(foldPadding(padded([0, 0, 1, 1, 1, 1, 0, 1], 1).graph).count).toBe(0);
  });
});

describe('fuseConvolutions', () => {
  test.each(['Relu', 'Relu6'])('fuses convolution, bias and %s', async (activation) => {
    const { graph, output } = one((b) => {
      b.randoms('bias', [4]);
      const biased = b.node('biased', 'BiasAdd', [b.conv('c', b.input(), [3, 3, 3, 4]), 'bias']);
      return b.node('active', activation, [biased]);
    });
    const { ops } = await expectSame(graph, output, picture(7), fuseConvolutions);
    expect(ops).toEqual(['Placeholder', '_FusedConv2D']);
  });

  test('fuses a depthwise convolution without activation', async () => {
    const { graph, output } = one((b) => {
      b.randoms('bias', [3]);
      return b.node('biased', 'BiasAdd', [b.depthwise('d', b.input(), 3), 'bias']);
    });
    const { ops } = await expectSame(graph, output, picture(7), fuseConvolutions);
    expect(ops).toEqual(['Placeholder', 'FusedDepthwiseConv2dNative']);
  });
});

describe('moveOffsets', () =>
  test('moves an offset from behind a sum to the convolution in it', async () => {
    const { graph, output } = one((b) => {
      const input = b.input();
      const sum = b.node('sum', 'AddN', [input, b.conv('c', input, [1, 1, 3, 3])]);
      b.randoms('offset', [3]);
      return b.node('out', 'Add', [sum, 'offset']);
    });
    const { ops } = await expectSame(graph, output, picture(4), moveOffsets, fuseConvolutions);
    expect(ops).toEqual(['Placeholder', '_FusedConv2D', 'AddV2']);
  }));

describe('pooledBranchAsBias', () =>
  test.each([0, 1, 2])('turns a pooled branch at position %i into a bias', async (place) => {
    const { graph, output } = one((b) => {
      const input = b.input();
      const pooled = b.resize('large', b.averagePool('pool', input, 9), 9);
      const others = [b.conv('x', input, [1, 1, 3, 2]), b.conv('y', input, [1, 1, 3, 5])];
      const parts = others.toSpliced(place, 0, pooled);
      b.randoms('bias', [6]);
      return b.node('out', 'BiasAdd', [b.conv('c', b.concat('all', parts), [1, 1, 10, 6]), 'bias']);
    });
    const join = (all: Graph) => pooledBranchAsBias(all, [1, 9, 9, 3]);
    const { counts, ops } = await expectSame(graph, output, picture(9), fuseConvolutions, join);
    expect(counts).toEqual([1, 1]);
    expect(ops).not.toContain('ResizeBilinear');
  }));

describe('dropIdentityResizes', () =>
  test('drops only a resize to the same size', async () => {
    const { graph, output } = one((b) => b.resize('larger', b.resize('same', b.input(), 9), 17));
    const drop = (all: Graph) => dropIdentityResizes(all, [1, 9, 9, 3]);
    const { counts } = await expectSame(graph, output, picture(9), drop);
    expect(counts).toEqual([1]);
  }));

describe('cutAtLogits', () =>
  test('leaves an ArgMax directly after the logits as a marker', () => {
    const graph = mobilenetLike(1).graph();
    const logits = {
      inputName: 'ImageTensor',
      inputDtype: 'int32',
      logitsName: 'logits/semantic/BiasAdd',
    } as const;
    const cut = cutAtLogits(graph, logits).graph;
    expect(cut.nodes.at(-1)).toMatchObject({
      op: 'ArgMax',
      input: ['logits/semantic/BiasAdd', 'ArgMax/dimension'],
    });
    expect(cut.nodes.some(({ name }) => name === 'ResizeBilinear_1')).toBe(false);
  }));

describe('globalPoolAsMean', () => {
  test('gives the same numbers for a window as large as the map', async () => {
    const { graph, output } = one((b) => b.averagePool('pool', b.input(), [5, 9]));
    const { ops, counts } = await expectSame(graph, output, picture(5, 9), (all) =>
      globalPoolAsMean(all, [1, 5, 9, 3]),
    );
    expect(counts).toEqual([1]);
    expect(ops).toContain('Mean');
  });

  test('leaves a smaller window alone', () => {
    const { graph } = one((b) => b.averagePool('pool', b.input(), [5, 8]));
    expect(globalPoolAsMean(graph, [1, 5, 9, 3]).count).toBe(0);
  });
});

describe('takePreprocessingOut', () => {
  test('gives the same result as the original graph, including padding, if the picture is padded with 127.5', async () => {
    const graph = pruned(mobilenetLike(3).graph(), ['MobilenetV2/Conv/Relu']);
    const taken = takePreprocessingOut(graph);
    expect(taken).toMatchObject({
      padding: { kind: 'outside' },
      fixedShape: { height: PUBLISHED_SIDE, width: PUBLISHED_SIDE },
    });
    const values = Array.from({ length: 40 * 65 * 3 }, (_, i) => (i * 7919) % 256);
    const square = new Float32Array(65 * 65 * 3).fill(127.5);
    square.set(values);
    const before = await runGraph(graph, { shape: [1, 40, 65, 3], values }, 'MobilenetV2/Conv/Relu');
    const after = await runGraph(
      pruned(taken.graph, ['MobilenetV2/Conv/Relu']),
      { shape: [1, 65, 65, 3], values: square },
      'MobilenetV2/Conv/Relu',
    );
    expect(largestDifference(before, after)).toBeLessThan(ROUNDING);
  });

  test('leaves a graph unchanged if it pads with another colour', () => {
    const graph = pruned(mobilenetLike(3).graph(), ['MobilenetV2/Conv/Relu']);
    graph.tensors.get('mean')?.data.set([120, 120, 120]);
    expect(takePreprocessingOut(graph)).toMatchObject({
      count: 0,
      padding: { kind: 'inside', size: PUBLISHED_SIDE },
    });
  });

  test('leaves a graph unchanged if it scales its picture', () => {
    const { graph } = one((b) => {
      const large = b.resize('scaled', b.input(), 33);
      return b.conv('c', large, [3, 3, 3, 4]);
    });
    expect(takePreprocessingOut(graph).count).toBe(0);
  });
});
