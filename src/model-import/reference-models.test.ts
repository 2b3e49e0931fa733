import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { fileNamed, largestDifference } from '../../scripts/testing/run-graph.ts';
import { importModel } from './import-model.ts';
import type { ImportFile, ImportedModel } from './import-model.ts';

/** Reference networks are not part of the repository: without them these tests are skipped. */
const MODELS = '../shared/models';

function run(files: readonly ImportFile[]): ImportedModel {
  return importModel(files, { name: 'reference', weights: 'float32', onProgress: () => undefined });
}

function folder(path: string): readonly ImportFile[] {
  return readdirSync(path).map((name) => ({
    path: name,
    bytes: new Uint8Array(readFileSync(`${path}/${name}`)),
  }));
}

interface Topology {
  readonly modelTopology: {
    readonly node: readonly { name: string; op: string; input: readonly string[] }[];
  };
  readonly weightsManifest: readonly {
    readonly weights: readonly { name: string; shape: readonly number[] }[];
  }[];
}

function topologyOf({ files }: ImportedModel): Topology {
  return JSON.parse(new TextDecoder().decode(fileNamed(files, 'model.json'))) as Topology;
}

/** Every constant's values under the node that takes it: names of constants differ between the forms. */
function weightsByConsumer(imported: ImportedModel): ReadonlyMap<string, Float32Array> {
  const { modelTopology, weightsManifest } = topologyOf(imported);
  const bytes = fileNamed(imported.files, 'weights.bin');
  const values = new Map<string, Float32Array>();
  let at = 0;
  for (const { name, shape } of weightsManifest.flatMap(({ weights }) => weights)) {
    const count = shape.reduce((product, side) => product * side, 1);
    values.set(name, new Float32Array(bytes.slice(at, at + count * 4).buffer));
    at += count * 4;
  }
  return new Map(
    modelTopology.node.flatMap((node) =>
      node.input.flatMap((input, i) => {
        const own = values.get(input);
        return own === undefined ? [] : [[`${node.name} input ${i}`, own] as const];
      }),
    ),
  );
}

describe.skipIf(!existsSync(MODELS))(
  'reference networks (skipped without ../shared)',
  { timeout: 120_000 },
  () => {
    test('the frozen graph and its TF.js form give the same network', () => {
      const name = 'mobilenetv2_dm05_coco_voc_trainaug';
      const pb = run([
        { path: `${name}.pb`, bytes: new Uint8Array(readFileSync(`${MODELS}/frozen/${name}.pb`)) },
      ]);
      const json = run(folder(`${MODELS}/tfjs/${name}`));
      const shape = (model: ImportedModel) =>
        topologyOf(model)
          .modelTopology.node.filter(({ op }) => op !== 'Const')
          .map((node) => `${node.name} ${node.op}`)
          .sort();
      expect(shape(pb)).toEqual(shape(json));
      const left = weightsByConsumer(pb);
      const right = weightsByConsumer(json);
      expect([...left.keys()].sort()).toEqual([...right.keys()].sort());
      for (const [key, values] of left) {
        expect(largestDifference(values, right.get(key) ?? []), key).toBeLessThan(1e-5);
      }
      expect(pb.facts).toEqual(json.facts);
    });

    test('the facts of MobileNetV2 at depth multiplier 1 are found', () => {
      const { facts, report } = run(folder(`${MODELS}/tfjs/mobilenetv2_coco_voc_trainval`));
      expect(facts).toMatchObject({
        backbone: 'MobileNetV2',
        depthMultiplier: 1,
        outputStride: 8,
        classes: 21,
      });
      expect(report.nodesAfter).toBeLessThan(80);
    });

    test('a quantised .tflite is kept unchanged', () => {
      const bytes = new Uint8Array(readFileSync(`${MODELS}/coral/deeplabv3_mnv2_dm05_pascal_quant.tflite`));
      const { runtime, files, facts } = run([{ path: 'a/model.tflite', bytes }]);
      expect(runtime).toBe('litert');
      expect(files.map(({ path }) => path)).toEqual(['model.tflite']);
      expect(Buffer.compare(fileNamed(files, 'model.tflite'), bytes)).toBe(0);
      expect(facts.outputStride).toBe(16);
    });
  },
);
