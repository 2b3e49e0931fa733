import { expect, test } from 'vitest';
import { measureRecordingCost } from './recording-cost.ts';

test('the cost of recording comes from as many blocks with as without the recorder', async () => {
  const { plainUs, recordedUs, differenceUs, interval } = await measureRecordingCost({
    pairs: 5,
    framesPerBlock: 200,
  });
  expect(plainUs).toBeGreaterThan(0);
  expect(recordedUs).toBeGreaterThan(0);
  expect(interval.low).toBeLessThanOrEqual(differenceUs);
  expect(interval.high).toBeGreaterThanOrEqual(differenceUs);
});
