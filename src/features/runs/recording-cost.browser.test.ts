import { expect, test } from 'vitest';
import { measureRecordingCost } from './recording-cost.ts';

test('computes the recording cost from equally many blocks with and without the recorder', async () => {
  const { plainUs, recordedUs, differenceUs, interval } = await measureRecordingCost({
    pairs: 5,
    framesPerBlock: 200,
  });
  expect(plainUs).toBeGreaterThan(0);
  expect(recordedUs).toBeGreaterThan(0);
  expect(interval.low).toBeLessThanOrEqual(differenceUs);
  expect(interval.high).toBeGreaterThanOrEqual(differenceUs);
});
