import { SemanticSegmentation } from '@tensorflow-models/deeplab';
import { GraphModel } from '@tensorflow/tfjs-converter';
import { afterEach, expect, test, vi } from 'vitest';
import type { RunningBackend } from './running-backend.ts';
import { StockPipeline } from './stock-pipeline.ts';

afterEach(() => {
  vi.restoreAllMocks();
});

test.each([1, 4])('hands over a transparent picture of %i px without the one before', async (side) => {
  const seen: ImageData[] = [];
  vi.spyOn(SemanticSegmentation.prototype, 'segment').mockImplementation((picture) => {
    seen.push(picture as ImageData);
    const segmentationMap = new Uint8ClampedArray(side * side * 4);
    return Promise.resolve({ legend: {}, width: side, height: side, segmentationMap });
  });
  const pipeline = new StockPipeline(new GraphModel('none'), { death: () => null } as RunningBackend, [
    'background',
  ]);
  const white = new ImageData(new Uint8ClampedArray(side * side * 4).fill(255), side, side);
  for (const picture of [white, new ImageData(side, side)]) {
    await pipeline.segment(await createImageBitmap(picture));
  }
  expect(seen.map(({ data }) => data[0])).toEqual([255, 0]);
});
