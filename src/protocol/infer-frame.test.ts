import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  decodeInferFrame,
  encodeInferFrame,
  FRAME_CODECS,
  FRAME_FITS,
  INFER_HEADER_BYTES,
} from './infer-frame.ts';
import type { InferFrame } from './infer-frame.ts';
import { ProtocolError } from './label-runs.ts';
import { MAX_MESSAGE_BYTES } from './limits.ts';

const frames = fc
  .record({
    frameId: fc.integer({ min: 0, max: 0xffffffff }),
    codec: fc.constantFrom(...FRAME_CODECS),
    fit: fc.constantFrom(...FRAME_FITS),
    width: fc.integer({ min: 1, max: 64 }),
    height: fc.integer({ min: 1, max: 64 }),
    seed: fc.integer({ min: 0, max: 255 }),
  })
  .map(({ seed, ...frame }): InferFrame => {
    const length = frame.codec === 'rgb8' ? frame.width * frame.height * 3 : 1 + seed;
    return { ...frame, payload: Uint8Array.from({ length }, (_, i) => (i * 31 + seed) & 255) };
  });

const small: InferFrame = {
  frameId: 7,
  codec: 'rgb8',
  fit: 'fit',
  width: 2,
  height: 1,
  payload: new Uint8Array(6),
};

test('5 every frame survives encoding and decoding', () =>
  fc.assert(
    fc.property(frames, (frame) => {
      const { payload, ...header } = decodeInferFrame(encodeInferFrame(frame));
      expect({ ...header, payload: null }).toEqual({ ...frame, payload: null });
      expect(Buffer.compare(payload, frame.payload)).toBe(0);
    }),
  ));

test('5 the header has the layout of the SPEC', () => {
  const bytes = encodeInferFrame({ ...small, frameId: 0x01020304, fit: 'native' });
  expect([...bytes.subarray(0, INFER_HEADER_BYTES)]).toEqual([
    0x53, 0x45, 0x47, 0x49, 1, 0, 1, 0, 4, 3, 2, 1, 2, 0, 1, 0, 6, 0, 0, 0,
  ]);
});

test('5 the payload is not copied', () => {
  const bytes = encodeInferFrame(small);
  expect(decodeInferFrame(bytes).payload.buffer).toBe(bytes.buffer);
});

test.each([
  ['wrong letters', 0, 0x54, 'SEGI'],
  ['another version', 4, 2, 'version'],
  ['an unknown codec', 5, 2, 'codec'],
  ['an unknown fit', 6, 9, 'fit'],
  ['a reserved byte', 7, 1, 'reserved'],
  ['a width of 0', 12, 0, 'must be 1 to 4096'],
  ['another width', 12, 3, 'three bytes'],
  ['another payload', 16, 5, 'payload'],
])('5 a frame with %s is refused, naming it', (_, at, value, words) => {
  const bytes = encodeInferFrame(small);
  bytes[at] = value;
  expect(() => decodeInferFrame(bytes)).toThrow(words);
});

test('5.1 the sender refuses a frame that is too large for a message', () => {
  const payload = new Uint8Array(MAX_MESSAGE_BYTES);
  expect(() => encodeInferFrame({ ...small, codec: 'jpeg', payload })).toThrow('too large');
  expect(() => encodeInferFrame({ ...small, width: 5000 })).toThrow(ProtocolError);
});

test('5 ten thousand damaged or truncated frames give a frame or a ProtocolError', () => {
  const whole = encodeInferFrame({ ...small, width: 5, height: 4, payload: new Uint8Array(60) });
  fc.assert(
    fc.property(
      fc.array(fc.tuple(fc.nat(whole.length - 1), fc.nat(255)), { minLength: 1, maxLength: 6 }),
      fc.nat(whole.length),
      (changes, length) => {
        const bytes = whole.slice(0, length);
        for (const [at, value] of changes) if (at < length) bytes[at] = value;
        try {
          const { width, height, codec, payload } = decodeInferFrame(bytes);
          if (codec === 'rgb8' && payload.length !== width * height * 3) throw new Error('a wrong payload');
        } catch (error) {
          if (!(error instanceof ProtocolError)) throw error;
        }
      },
    ),
    { numRuns: 10_000 },
  );
});
