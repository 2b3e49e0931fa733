import { expect, test } from 'vitest';
import type { FrameToInfer } from '../agent-link/agent-conversation.ts';
import { labelsAnswer } from '../agent-link/testing/fake-link.ts';
import type { Frame } from '../domain/frame.ts';
import { makeAgentRun } from '../domain/testing/run-record.ts';
import { createAgentSegmenter, type FrameLink, type FramePayload } from './agent-segmenter.ts';

const DESCRIPTION = makeAgentRun({ inputSize: 64 }).configuration.segmenter;
const COLD = { startMs: 0, downloadMs: 0, parseMs: 0, firstInferenceMs: 0, contended: false };
const signal = new AbortController().signal;

function segmenterOn(
  infer: FrameLink['infer'],
  payload: FramePayload = { codec: 'rgb8' },
  description = DESCRIPTION,
) {
  const link: FrameLink = { infer, bench: () => Promise.reject(new Error('not asked for')) };
  return createAgentSegmenter({
    link,
    description,
    cold: COLD,
    payload: () => payload,
    now: () => performance.now(),
  });
}

/** Red left, blue right: 128 x 32. */
async function frame(): Promise<Frame<ImageBitmap>> {
  const canvas = new OffscreenCanvas(128, 32);
  const context = canvas.getContext('2d');
  if (context === null) throw new Error('no context');
  context.fillStyle = 'rgb(255 0 0)';
  context.fillRect(0, 0, 64, 32);
  context.fillStyle = 'rgb(0 0 255)';
  context.fillRect(64, 0, 64, 32);
  return { id: 1, width: 128, height: 32, pixels: await createImageBitmap(canvas), waitMs: 0 };
}

const inferred = {
  kind: 'inferred',
  labels: labelsAnswer(1),
  roundTripMs: 75,
  bytesUp: 44,
  bytesDown: 54,
} as const;

test("sends raw pixels at the network's size, exactly three bytes each", async () => {
  const sent: FrameToInfer[] = [];
  const segmenter = segmenterOn((message) => {
    sent.push(message);
    return Promise.resolve(inferred);
  });
  const { frame: returned } = await segmenter.segment(await frame(), signal);
  const [message] = sent;
  expect(message).toMatchObject({ codec: 'rgb8', fit: 'fit', width: 64, height: 16 });
  expect(message?.payload).toHaveLength(64 * 16 * 3);
  expect([...(message?.payload.slice(0, 3) ?? [])]).toEqual([255, 0, 0]);
  expect([...(message?.payload.slice(-3) ?? [])]).toEqual([0, 0, 255]);
  expect(returned.pixels.width).toBe(128);
  returned.pixels.close();
});

test('sends a JPEG if the codec is JPEG', async () => {
  const sent: FrameToInfer[] = [];
  const segmenter = segmenterOn(
    (message) => {
      sent.push(message);
      return Promise.resolve(inferred);
    },
    { codec: 'jpeg', quality01: 0.85 },
  );
  const { frame: returned } = await segmenter.segment(await frame(), signal);
  returned.pixels.close();
  expect([...(sent[0]?.payload.slice(0, 3) ?? [])]).toEqual([0xff, 0xd8, 0xff]);
});

test('assigns every millisecond of the round trip to one stage', async () => {
  const segmenter = segmenterOn(() => Promise.resolve(inferred));
  const { stages, traffic, frame: returned } = await segmenter.segment(await frame(), signal);
  returned.pixels.close();
  // The agent: decode 1, resize 2, quantise 3, invoke 40, postprocess 5, encode 6; the round trip takes 75.
  expect(stages).toMatchObject({ preprocess: 6, inference: 40, postprocess: 11, transport: 18 });
  expect(traffic).toMatchObject({ bytesUp: 44, bytesDown: 54, dropped: 0 });
});

test('sends a dropped frame again, but not forever', async () => {
  let attempts = 0;
  const segmenter = segmenterOn(() => {
    attempts++;
    return Promise.resolve({ kind: 'dropped' });
  });
  const one = await frame();
  await expect(segmenter.segment(one, signal)).rejects.toThrow(/busy and drops the frames/);
  expect(attempts).toBe(3);
  expect(one.pixels.width).toBe(0);
});

test('closes the pixels and rejects on a failure', async () => {
  const segmenter = segmenterOn(() => Promise.reject(new Error('gone')));
  const one = await frame();
  await expect(segmenter.segment(one, signal)).rejects.toThrow('gone');
  expect(one.pixels.width).toBe(0);
});

test('sends a cropped frame as its middle square, and places its labels back there with void around them', async () => {
  const sent: FrameToInfer[] = [];
  const segmenter = segmenterOn(
    (message) => {
      sent.push(message);
      return Promise.resolve(inferred);
    },
    { codec: 'rgb8' },
    { ...DESCRIPTION, preprocessing: 'crop' },
  );
  const { labelMap, frame: returned } = await segmenter.segment(await frame(), signal);
  returned.pixels.close();
  expect(sent).toMatchObject([{ fit: 'fit', width: 64, height: 64 }]);
  expect(labelMap).toMatchObject({ width: 128, height: 32 });
  const seen = labelMap.labels.slice(0, 128).map((label) => (label === 255 ? 0 : 1));
  expect([seen.indexOf(1), seen.lastIndexOf(1)]).toEqual([48, 79]);
});
