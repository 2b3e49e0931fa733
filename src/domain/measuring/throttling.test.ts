import { expect, test } from 'vitest';
import { decodeThrottledBits, throttlingWords } from './throttling.ts';

test('no bit means that nothing limits the board', () =>
  expect(decodeThrottledBits(0)).toEqual({ now: [], sinceBoot: [] }));

test('bits 0 to 3 are now, bits 16 to 19 since boot', () => {
  expect(decodeThrottledBits(0x50005)).toEqual({
    now: ['under-voltage', 'throttled'],
    sinceBoot: ['under-voltage', 'throttled'],
  });
  expect(decodeThrottledBits(0x80002)).toEqual({
    now: ['frequency capped'],
    sinceBoot: ['soft temperature limit'],
  });
});

test('the highest of the 32 bits is not a reason, and does not act as a sign', () =>
  expect(decodeThrottledBits(0x80000000)).toEqual({ now: [], sinceBoot: [] }));

test('throttling is described in words, and its absence is a word too', () => {
  expect(throttlingWords([])).toBe('none');
  expect(throttlingWords(['under-voltage', 'throttled'])).toBe('under-voltage, throttled');
});
