import { expect, test } from 'vitest';
import { readGoldenJson } from '../../scripts/testing/golden.ts';
import { decodeInferFrame, encodeInferFrame, type InferFrame } from './infer-frame.ts';
import { decodeInferredLabels, encodeInferredLabels, type InferredLabels } from './inferred-labels.ts';
import { parseAnswer, parseRequest } from './text-message.ts';

/** Bytes are hex digits. */
interface Messages {
  readonly requests: readonly { readonly kind: string }[];
  readonly answers: readonly { readonly kind: string }[];
  readonly frames: readonly {
    readonly hex: string;
    readonly frame: Omit<InferFrame, 'payload'> & { readonly payload: string };
  }[];
  readonly labels: readonly {
    readonly hex: string;
    readonly answer: Omit<InferredLabels, 'labels'> & { readonly labels: string };
  }[];
}

const { requests, answers, frames, labels } = readGoldenJson('protocol-1.json') as Messages;
const bytes = (hex: string) => Uint8Array.from(Buffer.from(hex, 'hex'));
const hexOf = (content: Uint8Array) => Buffer.from(content).toString('hex');

test.each(requests)('a request of version 1 is understood: $kind', (request) => {
  expect(parseRequest(JSON.stringify(request))).toEqual(request);
});

test.each(answers)('an answer of version 1 is understood: $kind', (answer) => {
  expect(parseAnswer(JSON.stringify(answer))).toEqual(answer);
});

test.each(frames)(
  'a frame of version 1 is read and written with the same bytes: $frame.codec',
  ({ hex, frame }) => {
    expect(decodeInferFrame(bytes(hex))).toEqual({ ...frame, payload: bytes(frame.payload) });
    expect(hexOf(encodeInferFrame({ ...frame, payload: bytes(frame.payload) }))).toBe(hex);
  },
);

test.each(labels)('labels of version 1 are read and written with the same bytes: $hex', ({ hex, answer }) => {
  expect(decodeInferredLabels(bytes(hex))).toEqual({ ...answer, labels: bytes(answer.labels) });
  expect(hexOf(encodeInferredLabels({ ...answer, labels: bytes(answer.labels) }))).toBe(hex);
});
