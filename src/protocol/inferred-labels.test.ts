import fc from 'fast-check';
import { expect, test } from 'vitest';
import { ProtocolError } from './label-runs.ts';
import {
  AGENT_STAGES,
  decodeInferredLabels,
  encodeInferredLabels,
  INFERRED_HEADER_BYTES,
  setAgentStage,
  setDroppedSoFar,
} from './inferred-labels.ts';
import type { InferredLabels } from './inferred-labels.ts';

const stages = {
  wait: 0,
  decode: 1.5,
  resize: 0,
  quantise: 0.25,
  invoke: 100,
  postprocess: 2,
  encode: 3,
  total: 110,
};
const answer: InferredLabels = {
  frameId: 9,
  width: 3,
  height: 2,
  labels: Uint8Array.from([0, 0, 15, 15, 15, 255]),
  droppedSoFar: 4,
  stages,
};

test('6 every label map survives encoding and decoding with its id, count and stages', () => {
  const sizes = fc.tuple(fc.integer({ min: 1, max: 40 }), fc.integer({ min: 1, max: 40 }), fc.nat(255));
  fc.assert(
    fc.property(sizes, fc.integer({ min: 0, max: 0xffffffff }), ([width, height, seed], frameId) => {
      const labels = Uint8Array.from({ length: width * height }, (_, i) => ((i * seed) >> 5) & 255);
      const sent = { ...answer, frameId, width, height, labels };
      const came = decodeInferredLabels(encodeInferredLabels(sent));
      expect({ ...came, labels: null }).toEqual({ ...sent, labels: null });
      expect(Buffer.compare(came.labels, labels)).toBe(0);
    }),
  );
});

test('6 the stages have the order of the SPEC', () => {
  const view = new DataView(encodeInferredLabels(answer).buffer);
  expect(AGENT_STAGES.map((_, i) => view.getFloat32(20 + 4 * i, true))).toEqual([
    0, 1.5, 0, 0.25, 100, 2, 3, 110,
  ]);
  expect(INFERRED_HEADER_BYTES).toBe(52);
});

test('6 late durations are written into the encoded answer', () => {
  const bytes = encodeInferredLabels(answer);
  setAgentStage(bytes, 'total', 222.5);
  setDroppedSoFar(bytes, 99);
  expect(decodeInferredLabels(bytes)).toEqual({
    ...answer,
    droppedSoFar: 99,
    stages: { ...stages, total: 222.5 },
  });
});

test.each([NaN, -1, Infinity])('6 a stage of %s ms is refused', (milliseconds) => {
  const bytes = encodeInferredLabels(answer);
  setAgentStage(bytes, 'invoke', milliseconds);
  expect(() => decodeInferredLabels(bytes)).toThrow('invoke');
});

test('6 ten thousand damaged or truncated answers give labels or a ProtocolError', () => {
  const whole = encodeInferredLabels(answer);
  fc.assert(
    fc.property(
      fc.array(fc.tuple(fc.nat(whole.length - 1), fc.nat(255)), { minLength: 1, maxLength: 4 }),
      fc.nat(whole.length),
      (changes, length) => {
        const bytes = whole.slice(0, length);
        for (const [at, value] of changes) if (at < length) bytes[at] = value;
        try {
          const { width, height, labels } = decodeInferredLabels(bytes);
          if (labels.length !== width * height) throw new Error('a wrong number of labels');
        } catch (error) {
          if (!(error instanceof ProtocolError)) throw error;
        }
      },
    ),
    { numRuns: 10_000 },
  );
});
