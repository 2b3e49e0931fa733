import { describe, expect, test } from 'vitest';
import { fileNamed, largestDifference, runModel } from '../../scripts/testing/run-graph.ts';
import { ProblemError } from '../domain/problems/problem.ts';
import type { Problem } from '../domain/problems/problem.ts';
import type { Graph } from './graph.ts';
import { importModel } from './import-model.ts';
import type { WeightStorage } from '../domain/import-report.ts';
import type { ImportFile, ImportedModel } from './import-model.ts';
import { frozenBytes } from './testing/graph-builder.ts';
import { PUBLISHED_SIDE, mobilenetLike, xceptionLike } from './testing/published-graph.ts';
import { writeGraphModel } from './write-graph-model.ts';

const LOGITS = 'logits/semantic/BiasAdd';
const SIDE = PUBLISHED_SIDE;

function run(files: readonly ImportFile[], weights: WeightStorage = 'float32'): ImportedModel {
  return importModel(files, { name: 'test', weights, onProgress: () => undefined });
}

function frozen(graph: Graph): readonly ImportFile[] {
  return [{ path: 'a/frozen_inference_graph.pb', bytes: frozenBytes(graph) }];
}

function graphModel(graph: Graph, storage: WeightStorage = 'float32'): readonly ImportFile[] {
  const { modelJson, weights } = writeGraphModel(graph, storage);
  return [
    { path: 'weights.bin', bytes: weights },
    { path: 'model.json', bytes: modelJson },
  ];
}

function problemOf(files: readonly ImportFile[]): Problem {
  try {
    run(files);
  } catch (error) {
    if (error instanceof ProblemError) return error.problem;
    throw error;
  }
  throw new Error('It was accepted.');
}

/** A picture of 40 x 65, alone and in a square of 127.5. */
const VALUES = Array.from({ length: 40 * SIDE * 3 }, (_, i) => (i * 7919) % 256);
const ALONE = { shape: [1, 40, SIDE, 3], values: VALUES } as const;
const SQUARE = { shape: [1, SIDE, SIDE, 3], values: new Float32Array(SIDE * SIDE * 3).fill(127.5) } as const;
SQUARE.values.set(VALUES);

function pictureOf(height: number, width: number) {
  return {
    shape: [1, height, width, 3] as const,
    values: Array.from({ length: height * width * 3 }, (_, i) => (i * 7919) % 256),
  };
}

async function bothLogits({ files }: ImportedModel): Promise<readonly [Float32Array, Float32Array]> {
  const published = ['published/model.json', 'published/weights.bin'].map((path) => fileNamed(files, path));
  const converted = ['model.json', 'weights.bin'].map((path) => fileNamed(files, path));
  return [
    await runModel(published[0] as Uint8Array, published[1] as Uint8Array, ALONE, LOGITS),
    await runModel(converted[0] as Uint8Array, converted[1] as Uint8Array, SQUARE, LOGITS),
  ];
}

/** Running both graphs takes a second alone, and more beside others. */
const TIMEOUT = { timeout: 60_000 };

describe('importModel', TIMEOUT, () => {
  test('a MobileNetV2 network gives the same scores after conversion, in operations that are all fused', async () => {
    const imported = run(frozen(mobilenetLike(11).graph()));
    const [before, after] = await bothLogits(imported);
    expect(before).toHaveLength(17 * 17 * 21);
    expect(largestDifference(before, after)).toBeLessThan(1e-3);
    expect(imported.facts).toEqual({
      architecture: 'DeepLab v3',
      backbone: 'MobileNetV2',
      depthMultiplier: 0.5,
      outputStride: 4,
      classes: 21,
      classList: 'voc',
      inputSizes: [SIDE, 257, 385, 513],
      comparableSizes: [SIDE],
      padding: { kind: 'outside' },
      precision: 'float32',
      inputName: 'ImageTensor',
      logitsName: LOGITS,
    });
    const json = new TextDecoder().decode(fileNamed(imported.files, 'model.json'));
    for (const op of ['FusedBatchNorm', 'SpaceToBatchND', 'ResizeBilinear', 'ConcatV2', 'Identity', 'Pad']) {
      expect(json).not.toContain(`"op":"${op}"`);
    }
  });

  test('an Xception network with a decoder gives the same scores after conversion', async () => {
    const imported = run(frozen(xceptionLike(5).graph()));
    const [before, after] = await bothLogits(imported);
    expect(before).toHaveLength(17 * 17 * 21);
    expect(largestDifference(before, after)).toBeLessThan(1e-3);
    expect(imported.facts).toMatchObject({
      architecture: 'DeepLab v3+',
      backbone: 'Xception65',
      depthMultiplier: null,
      outputStride: 16,
      // Its decoder enlarges to a different size.
      inputSizes: [SIDE],
    });
  });

  test('a network for oblong pictures runs at squares after conversion, and gives the same scores at its own shape', async () => {
    const { files, facts } = run(frozen(mobilenetLike(11, 2 * SIDE - 1).graph()));
    expect(facts).toMatchObject({ inputSizes: [257, 385, 513], comparableSizes: [], outputStride: 4 });
    const oblong = pictureOf(SIDE, 2 * SIDE - 1);
    const [before, after] = await Promise.all(
      ['published/', ''].map((folder) =>
        runModel(
          fileNamed(files, `${folder}model.json`),
          fileNamed(files, `${folder}weights.bin`),
          oblong,
          LOGITS,
        ),
      ),
    );
    expect(before).toHaveLength(17 * 33 * 21);
    expect(largestDifference(before ?? [], after ?? [])).toBeLessThan(1e-3);
    const square = await runModel(
      fileNamed(files, 'model.json'),
      fileNamed(files, 'weights.bin'),
      pictureOf(257, 257),
      LOGITS,
    );
    expect(square).toHaveLength(65 * 65 * 21);
  });

  test('the same network as .pb and as model.json gives the same files', () => {
    const graph = mobilenetLike(2).graph();
    const fromFrozen = run(frozen(graph));
    const fromJson = run(graphModel(graph));
    const weights = fileNamed(fromFrozen.files, 'weights.bin');
    expect(weights).toEqual(fileNamed(fromJson.files, 'weights.bin'));
    expect(fromFrozen.report.nodesAfter).toBe(fromJson.report.nodesAfter);
  });

  test.each([
    ['float16', 2, 0.02],
    ['uint8', 4, 1],
  ] as const)(
    'weights stored as %s take about 1/%i of the space and are read back closely',
    async (storage, share, close) => {
      const graph = xceptionLike(9).graph();
      const whole = run(frozen(graph));
      const small = run(frozen(graph), storage);
      expect(small.report.weightBytes).toBeLessThan((whole.report.weightBytes / share) * 1.6);
      const [before, after] = await bothLogits(small);
      expect(largestDifference(before, after)).toBeLessThan(close);
      // Quantised files can be read too: a second import finds nothing to fold.
      const again = run(small.files.filter(({ path }) => !path.startsWith('published')));
      expect(again.report.nodesAfter).toBe(small.report.nodesAfter);
    },
  );

  test('progress never falls and ends at 1', () => {
    const seen: number[] = [];
    importModel(frozen(mobilenetLike(2).graph()), {
      name: 'test',
      weights: 'float32',
      onProgress: (_, done01) => seen.push(done01),
    });
    expect(seen).toEqual([...seen].sort((a, b) => a - b));
    expect(seen.at(-1)).toBe(1);
  });

  test('the report names the passes, the cost and the source by its SHA-256', () => {
    const files = frozen(mobilenetLike(2).graph());
    const { report } = run(files);
    expect(report.folded.map(({ pass }) => pass)).toContain('dilated convolutions');
    expect(report.multiplyAdds).toBeGreaterThan(0);
    expect(report.sourceFiles[0]?.sha256).toMatch(/^[0-9a-f]{64}$/);
    const [file] = files;
    if (file === undefined) throw new Error('One file was expected.');
    expect(run([{ ...file, sha256: 'known' }]).report.sourceFiles[0]?.sha256).toBe('known');
    expect(report.nodesAfter).toBeLessThan(report.nodesBefore);
  });
});

describe('importModel refuses', () => {
  const damaged = (
    change: (graph: { nodes: Graph['nodes'][number][]; tensors: Graph['tensors'] }) => void,
  ) => {
    const { nodes, tensors } = mobilenetLike(2).graph();
    const graph = { nodes: nodes.map((node) => ({ ...node })), tensors };
    change(graph);
    return problemOf(frozen(graph));
  };
  const rename = (from: string, change: object) => (graph: { nodes: Graph['nodes'][number][] }) => {
    graph.nodes = graph.nodes.map((node) => (node.name === from ? { ...node, ...change } : node));
  };

  test('a file of another kind', () => {
    const problem = problemOf([{ path: 'notes.txt', bytes: new Uint8Array([1, 2]) }]);
    expect(problem).toMatchObject({ kind: 'import-not-a-model', fileName: 'notes.txt' });
  });

  test('a .pb that is a picture, and one that is empty', () => {
    const jpeg = Uint8Array.of(0xff, 0xd8, 0xff, 0xe0, 0, 16, 0x4a, 0x46);
    expect(problemOf([{ path: 'a.pb', bytes: jpeg }]).kind).toBe('import-not-a-model');
    expect(problemOf([{ path: 'a.pb', bytes: new Uint8Array() }]).kind).toBe('import-not-a-model');
  });

  test('a truncated .pb, naming the last complete node', () => {
    const [file] = frozen(mobilenetLike(2).graph());
    const torn = file?.bytes.slice(0, file.bytes.length - 20) ?? new Uint8Array();
    const problem = problemOf([{ path: 'a.pb', bytes: torn }]);
    expect(problem).toMatchObject({ kind: 'import-damaged' });
    expect(JSON.stringify(problem)).toContain('ArgMax');
  });

  test('a cycle, naming a node in it', () => {
    const problem = damaged(rename('sub_2', { input: ['sub_7', 'mean'] }));
    expect(problem).toMatchObject({ kind: 'import-damaged' });
    expect(JSON.stringify(problem)).toContain('cycle');
  });

  test('a missing input, naming it', () =>
    expect(JSON.stringify(damaged(rename('mul', { input: ['mul/x', 'nobody'] })))).toContain('nobody'));

  test('an unknown operation, naming it', () => {
    const problem = damaged(rename('aspp0/Relu', { op: 'FrobnicateV2' }));
    expect(problem).toMatchObject({ kind: 'import-unsupported' });
    expect(JSON.stringify(problem)).toContain('FrobnicateV2');
  });

  test('a graph without ArgMax', () => {
    const problem = damaged(rename('ArgMax', { op: 'Relu' }));
    expect(problem).toMatchObject({ kind: 'import-unsupported' });
    expect(JSON.stringify(problem)).toContain('ArgMax');
  });

  test('a model.json without one of its shards, naming it', () => {
    const [, json] = graphModel(mobilenetLike(2).graph());
    const problem = problemOf(json === undefined ? [] : [json]);
    expect(problem).toMatchObject({ kind: 'import-damaged' });
    expect(JSON.stringify(problem)).toContain('weights.bin');
  });

  test('a shard of the wrong length, with both lengths', () => {
    const files = graphModel(mobilenetLike(2).graph());
    const short = files.map((file) =>
      file.path === 'weights.bin' ? { ...file, bytes: file.bytes.slice(4) } : file,
    );
    expect(problemOf(short)).toMatchObject({ kind: 'import-damaged' });
  });
});
