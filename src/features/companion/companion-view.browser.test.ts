import { afterEach, beforeEach, expect, test } from 'vitest';
import { VOC_CLASSES } from '../../domain/labels/class-list.ts';
import type { AgentDescription } from '../../domain/agent-description.ts';
import type { SegmenterDescription } from '../../domain/measuring/configuration.ts';
import type { AgentSegmentation, AgentSegmenter } from '../../segmentation/agent-segmenter.ts';
import type { PairSegmentation, PairSegmenter } from '../../segmentation/pair-segmenter.ts';
import type { Segmenter } from '../../segmentation/segmenter.ts';
import { createViewStore, type ViewStore } from '../../app/view-store.ts';
import { createCompanionView, type CompanionView } from './companion-view.ts';
import { AGENT_DESCRIPTION, DESCRIPTION } from '../../segmentation/testing/fake-segmenters.ts';

const VOC = { classList: 'voc', classNames: VOC_CLASSES.names } as const;
const on = (description: Partial<AgentDescription> = {}) =>
  ({ description: { ...AGENT_DESCRIPTION, ...VOC, ...description } }) as AgentSegmenter;
const inBrowser = (description: Partial<SegmenterDescription> = {}) =>
  ({ description: { ...DESCRIPTION, ...VOC, ...description } }) as Segmenter;

let viewStore: ViewStore;
let view: CompanionView;
beforeEach(() => {
  viewStore = createViewStore();
  view = createCompanionView(viewStore);
});
afterEach(() => view.close());

async function segmented(...labels: number[]): Promise<AgentSegmentation> {
  const pixels = await createImageBitmap(new ImageData(8, 4));
  return {
    labelMap: { width: labels.length, height: 1, labels: Uint8Array.from(labels) },
    frame: { id: 1, width: 8, height: 4, pixels, waitMs: 0 },
  } as AgentSegmentation;
}

const colorsOf = (canvas: HTMLCanvasElement) => {
  const { data } = canvas.getContext('2d')?.getImageData(0, 0, canvas.width, canvas.height) ?? { data: [] };
  return [...data].join(' ');
};

test("paints the agent's picture with its labels, and answers the class at a point", async () => {
  const canvas = document.createElement('canvas');
  view.attach(canvas, null);
  view.paintAgent(await segmented(8, 0), on());
  expect([canvas.width, canvas.height]).toEqual([8, 4]);
  expect(view.classAt(0.1, 0.5)).toMatchObject({ name: 'cat', share01: 0.5 });
  expect(view.classAt(0.9, 0.5)).toMatchObject({ name: 'background' });
  expect(view.paintedBy()?.description.modelId).toBe(AGENT_DESCRIPTION.modelId);
});

test('repaints the last picture when the view changes', async () => {
  const canvas = document.createElement('canvas');
  view.attach(canvas, null);
  view.paintAgent(await segmented(8, 8), on());
  const before = colorsOf(canvas);
  viewStore.setState({ opacity01: 1 });
  await expect.poll(() => colorsOf(canvas)).not.toBe(before);
});

test('closes a picture at once if there is no canvas', async () => {
  const segmentation = await segmented(8);
  view.paintAgent(segmentation, on());
  expect(segmentation.frame.pixels.width).toBe(0);
  expect(view.classAt(0.5, 0.5)).toBeNull();
});

test('compares the labels of one frame only if both sides have the same classes', async () => {
  view.attach(document.createElement('canvas'), document.createElement('canvas'));
  const [browser, agent] = [await segmented(8, 0), await segmented(8, 8)];
  const pair = {
    ...browser,
    agent,
    encodeMs: 0,
    wallMs: { browser: 0, agent: 0 },
  } satisfies PairSegmentation;
  const by = (segmenter: Segmenter) => ({ browser: segmenter, agent: on() }) as PairSegmenter;
  view.paintAgent(agent, on());
  expect(view.paintAgreement(pair, by(inBrowser()))?.overall01).toBe(0.5);
  expect(view.paintAgreement(pair, by(inBrowser({ classList: 'cityscapes' })))).toBeNull();
});
