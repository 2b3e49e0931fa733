import { expect, test } from 'vitest';
import { basisWords, hostShareWords, intervalWords, speedWords, unlikeWords } from './companion-words.ts';
import { AGENT_DESCRIPTION, BROWSER_DESCRIPTION } from '../testing/companion-state.ts';

test('a factor below 1 says that the browser is faster, with the interval inverted', () => {
  const factor = { value: 0.5, low: 0.4, high: 0.625, faster: 'browser' } as const;
  expect(speedWords(factor)).toBe('The browser is 2.00 times as fast');
  expect(intervalWords(factor)).toBe('95 % interval 1.60 to 2.50');
});

test('a factor above 1 says that the agent is faster', () => {
  const factor = { value: 2.314, low: 2.25, high: 2.4, faster: 'agent' } as const;
  expect(speedWords(factor)).toBe('The agent is 2.31 times as fast');
  expect(intervalWords(factor)).toBe('95 % interval 2.25 to 2.40');
});

test('if the interval contains 1, neither is called faster and the ratio is given', () => {
  const factor = { value: 1.02, low: 0.97, high: 1.05, faster: 'neither' } as const;
  expect(speedWords(factor)).toBe('Neither side is faster');
  expect(intervalWords(factor)).toContain('0.97 to 1.05 (browser time over agent time)');
});

test('paired frames and separate streams get different texts', () => {
  const factor = { value: 1, low: 1, high: 1, faster: 'neither' } as const;
  const comparison = { frames: 40, segmentation: factor, inference: factor };
  expect(basisWords({ ...comparison, paired: true })).toMatch(/^40 frames seen by both sides/);
  expect(basisWords({ ...comparison, paired: false })).toMatch(/two separate streams/);
});

test("the host's share of an Edge TPU's time is stated; a CPU has none", () => {
  const tpu = { ...AGENT_DESCRIPTION, deviceUsed: 'edgetpu', operatorsOnCpu: 8, tail: 'stock' } as const;
  expect(hostShareWords(tpu)).toMatch(
    /8 operators of the stock file run there, including the final resize and argmax/,
  );
  expect(hostShareWords({ ...tpu, tail: 'cut', operatorsOnCpu: 1 })).toMatch(/1 operator of the file/);
  expect(hostShareWords({ ...tpu, operatorsOnCpu: 0 })).toBeNull();
  expect(hostShareWords({ ...tpu, deviceUsed: 'cpu' })).toBeNull();
});

test('different sizes and different classes on the two sides are pointed out', () => {
  const sameSize = { ...AGENT_DESCRIPTION, inputSize: BROWSER_DESCRIPTION.inputSize };
  expect(unlikeWords(BROWSER_DESCRIPTION, sameSize)).toEqual([]);
  expect(unlikeWords(BROWSER_DESCRIPTION, { ...sameSize, inputSize: 513, classList: 'cityscapes' })).toEqual([
    'Input sizes differ: 257 px in the browser, 513 px on the agent.',
    'The two models have different classes: their labels cannot be compared.',
  ]);
});
