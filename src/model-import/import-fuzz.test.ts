import { expect, test } from 'vitest';
import { BinaryWriter, WireType } from '@bufbuild/protobuf/wire';
import { ProblemError } from '../domain/problems/problem.ts';
import { seededRandom } from '../domain/measuring/seeded-random.ts';
import type { Random } from '../domain/measuring/seeded-random.ts';
import { importModel } from './import-model.ts';
import type { ImportFile } from './import-model.ts';
import { readTensorProto } from './tensor-proto.ts';
import { GraphBuilder, frozenBytes, shapeBytes } from './testing/graph-builder.ts';
import { mobilenetLike } from './testing/published-graph.ts';
import { writeGraphModel } from './write-graph-model.ts';

const MUTATIONS = 5_000;

function outcome(files: readonly ImportFile[]): string {
  try {
    importModel(files, { name: 'fuzz', weights: 'float32', onProgress: () => undefined });
    return 'model';
  } catch (error) {
    if (error instanceof ProblemError) return error.problem.kind;
    throw error;
  }
}

/** One to three changes: a byte, a run of bytes taken out or doubled, a large length, a cut end. */
function mutated(bytes: Uint8Array, random: Random): Uint8Array<ArrayBuffer> {
  let result = new Uint8Array(bytes);
  const place = () => Math.floor(random() * result.length);
  for (let i = 1 + Math.floor(random() * 3); i > 0; i--) {
    const at = place();
    const length = 1 + Math.floor(random() * 40);
    switch (Math.floor(random() * 5)) {
      case 0:
        result[at] = Math.floor(random() * 256);
        break;
      case 1:
        result = Uint8Array.from([...result.subarray(0, at), ...result.subarray(at + length)]);
        break;
      case 2:
        result = Uint8Array.from([...result.subarray(0, at + length), ...result.subarray(at)]);
        break;
      case 3:
        result.set([0xff, 0xff, 0xff, 0xff, 0x0f].slice(0, result.length - at), at);
        break;
      default:
        result = result.slice(0, at);
    }
  }
  return result;
}

/** Small enough for thousands of quick runs, with one example of everything that an import reads. */
function tinyNetwork() {
  const b = new GraphBuilder(3);
  const input = b.input('DT_UINT8');
  const conv = b.batchNorm('norm', b.conv('conv', input, [3, 3, 3, 4], 2), 4);
  const atrous = b.atrousDepthwise('atrous', b.node('relu', 'Relu6', [conv]), 4, 2, 9);
  const pooled = b.resize('enlarged', b.averagePool('pool', atrous, 9), 9);
  const logits = b.conv('logits', b.concat('concat', [pooled, atrous]), [1, 1, 8, 3]);
  b.argMax(b.resize('large', b.node('identity', 'Identity', [logits]), 17));
  return b.graph();
}

test(`${2 * MUTATIONS} mutated files each become a model or a problem`, { timeout: 300_000 }, () => {
  const random = seededRandom(20261122);
  const seen = new Map<string, number>();
  const note = (kind: string) => seen.set(kind, (seen.get(kind) ?? 0) + 1);
  const frozen = frozenBytes(tinyNetwork());
  const { modelJson, weights } = writeGraphModel(tinyNetwork(), 'uint8');
  for (let i = 0; i < MUTATIONS; i++) {
    note(outcome([{ path: 'a.pb', bytes: mutated(frozen, random) }]));
    note(
      outcome([
        { path: 'model.json', bytes: mutated(modelJson, random) },
        { path: 'weights.bin', bytes: random() < 0.1 ? mutated(weights, random) : weights },
      ]),
    );
  }
  expect([...seen.values()].reduce((sum, count) => sum + count, 0)).toBe(2 * MUTATIONS);
  // The mutations reach both sides of every check.
  expect([...seen.keys()]).toEqual(
    expect.arrayContaining(['model', 'import-damaged', 'import-not-a-model', 'import-unsupported']),
  );
});

test('the unmutated network is a model', () => {
  expect(outcome([{ path: 'a.pb', bytes: frozenBytes(tinyNetwork()) }])).toBe('model');
  expect(outcome([{ path: 'a.pb', bytes: frozenBytes(mobilenetLike(1).graph()) }])).toBe('model');
});

test.each([[[1 << 30, 4]], [[65536, 65536]], [[2 ** 40, 2 ** 40]]])(
  'a constant that claims %j values but has one is refused before memory is allocated',
  (shape) => {
    const tensor = new BinaryWriter()
      .tag(1, WireType.Varint)
      .int32(1)
      .tag(2, WireType.LengthDelimited)
      .bytes(shapeBytes(shape))
      .tag(5, WireType.Bit32)
      .float(1)
      .finish();
    const before = process.memoryUsage().arrayBuffers;
    expect(() => readTensorProto(tensor)).toThrow(/promises/);
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(1_000_000);
  },
);

test('a length beyond the end of the file is refused', () => {
  const lying = Uint8Array.of(0x0a, 0xff, 0xff, 0xff, 0xff, 0x07, 1, 2, 3);
  expect(outcome([{ path: 'a.pb', bytes: lying }])).toBe('import-not-a-model');
});
