import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { accuracyFor, CORAL_FIGURES, noReferencesBecause, referencesFor } from './reference-figures.ts';
import { knownModel } from './known-models.ts';
import { sumOfColumns } from '../measuring/run-columns.ts';
import type { RunRecord } from '../measuring/run.ts';
import { makeAgentRun, makeDoubleRun, makeRun, type RunTraits } from '../testing/run-record.ts';
import { THESIS_FIGURES } from './thesis-figures.ts';
import thesis from './thesis-figures.json' with { type: 'json' };

const DM05 = 'mobilenetv2_dm05_coco_voc_trainval';
const zooRun = (traits: Partial<RunTraits> = {}) =>
  makeRun({ modelId: 'mobilenetv2_coco_voc_trainaug', inputSize: 513, outputStride: 8, ...traits });
const find = (run: RunRecord, stage: string, statistic: string, table: string) =>
  referencesFor(run).find(
    ({ figure }) =>
      figure.stage === stage && figure.statistic === statistic && figure.citation.endsWith(`table ${table}`),
  );

const original = new URL('../../../../shared/data/thesis-figures.json', import.meta.url);
test.skipIf(!existsSync(original))(
  "the thesis's file is the original, word for word (skipped where ../shared is absent)",
  () => expect(thesis).toEqual(JSON.parse(readFileSync(original, 'utf8'))),
);

describe("the thesis's figures", () => {
  test('are complete, in ms', () => {
    const printed = thesis.rows
      .flatMap((row) => Object.entries(row))
      .filter(([key]) => /^(max|min)/.test(key));
    expect(THESIS_FIGURES).toHaveLength(printed.length);
    const total = printed.reduce((sum, [, seconds]) => sum + Number(seconds), 0);
    expect(THESIS_FIGURES.reduce((sum, { ms }) => sum + ms, 0)).toBeCloseTo(1000 * total, 3);
  });

  test('name models of the catalogue, even if the printed name has a suffix', () =>
    expect(THESIS_FIGURES.map(({ modelId }) => knownModel(modelId ?? '')?.id)).not.toContain(undefined));

  test('keep the printed digits', () =>
    expect(find(zooRun(), 'resize', 'min', '5-4')?.figure.ms).toBe(19.185));

  test('are cold for the first iteration, and for every value of the Edge TPU', () => {
    const cold = THESIS_FIGURES.filter((figure) => figure.cold);
    expect(cold.every(({ statistic, device }) => statistic === 'max_1' || device.includes('Coral'))).toBe(
      true,
    );
    expect(cold.filter(({ device }) => device.includes('Coral'))).toHaveLength(12);
  });
});

describe('referencesFor', () => {
  test("compares the thesis's resize with preprocess, and its inference with inference and postprocess", () => {
    const run = zooRun();
    expect(find(run, 'resize', 'min', '5-4')?.runMs).toBe(Math.min(...run.columns.preprocess));
    const whole = sumOfColumns(run.columns, ['inference', 'postprocess']);
    expect(find(run, 'inference', 'min', '5-4')?.runMs).toBe(Math.min(...whole));
    expect(find(run, 'execution', 'max', '5-1')?.runMs).toBe(Math.max(...run.columns.frame));
  });

  test('the ratio is the run over the figure', () => {
    const row = find(zooRun(), 'inference', 'min', '5-4');
    expect(row?.ratio).toBeCloseTo((row?.runMs ?? NaN) / 2239.232, 12);
  });

  test('compares cold with cold: max_1 of inference with the first inference', () => {
    const run = zooRun({ inferenceMs: 40 });
    expect(find(run, 'inference', 'max_1', '5-3')).toMatchObject({
      runMs: 160,
      runValue: 'first inference, cold',
    });
    expect(find(run, 'resize', 'max_1', '5-3')?.warnings).toContain(
      'The published value is a cold first one; this one is warm.',
    );
  });

  test('max_2 is the longest frame after a warm-up, and the second longest without one', () => {
    const without = { frames: 20, seconds: 0, warmUpFrames: 0 };
    const run = zooRun({ target: without });
    const sorted = sumOfColumns(run.columns, ['preprocess']).toSorted((a, b) => b - a);
    expect(find(run, 'resize', 'max_2', '5-3')?.runMs).toBe(sorted[1]);
    expect(find(zooRun(), 'resize', 'max_2', '5-3')?.runMs).toBe(sorted[0]);
  });

  test('uses exactly the same model if the thesis measured it', () => {
    const models = referencesFor(zooRun({ modelId: DM05 })).map(({ figure }) => figure.modelId);
    expect(new Set(models)).toEqual(new Set([null, DM05]));
  });

  test('uses the nearest model otherwise, and says what differs', () => {
    const row = find(makeRun({ inputSize: 257 }), 'inference', 'min', '5-4');
    expect(row?.figure.modelId).toBe('mobilenetv2_coco_voc_trainaug');
    expect(row?.warnings).toEqual([
      'Other model: mobilenetv2_coco_voc_trainaug there.',
      'Other training split: trainaug there, own here.',
      'Other output stride: 8 there, 16 here.',
      'Other input size: 513 px there, 257 px here.',
      'Other precision: float32 there, float16 here.',
      expect.stringMatching(/^Other device: Raspberry Pi 4/),
      "The thesis's inference includes postprocess, so both are summed here.",
    ]);
  });

  test('reports another depth multiplier', () => {
    const run = zooRun({ modelId: 'mobilenetv2_dm05_coco_voc_trainaug' });
    expect(referencesFor(run).some(({ figure }) => figure.modelId === DM05)).toBe(true);
    const row = find(run, 'inference', 'min', '6-2');
    expect(row?.warnings[0]).toBe(`Other model: ${DM05} there.`);
    expect(row?.warnings.join()).not.toContain('depth multiplier');
  });

  test("coral.ai's four figures accompany every MobileNetV2, and no other model", () => {
    const coral = (modelId: string) =>
      referencesFor(zooRun({ modelId })).filter(({ figure }) => figure.publisher === 'coral');
    expect(coral(DM05).map(({ figure }) => figure.ms)).toEqual([394, 52, 1139, 241]);
    expect(coral(DM05)[1]?.warnings.join(' ')).toContain("time of the host's processor");
    expect(coral('xception65_coco_voc_trainaug')).toEqual([]);
    expect(CORAL_FIGURES).toHaveLength(4);
  });

  test("a model outside the catalogue has the thesis's limit for video, and nothing else", () => {
    const rows = referencesFor(makeRun({ modelId: 'my-own' }));
    expect(rows.map(({ figure }) => [figure.statistic, figure.ms])).toEqual([['limit', 41.6]]);
  });

  test('a run without frames has no ratio, except for its cold start', () => {
    const rows = referencesFor(zooRun({ frames: 0 }));
    expect(rows.filter(({ ratio }) => ratio !== null).every(({ figure }) => figure.cold)).toBe(true);
  });
});

describe('accuracyFor', () => {
  test('gives mean IoU and Multiply-Adds with their conditions, and warns of another output stride', () => {
    const accuracy = accuracyFor(zooRun());
    expect(accuracy).toMatchObject({ meanIoU: 0.7532, split: 'val', multiplyAdds: { count: 2.75e9 } });
    expect(accuracy?.warnings).toEqual(['Published at output stride 16; this run has 8.']);
  });

  test('warns of a checkpoint trained on val, and of many scales with flips', () => {
    const { warnings } = accuracyFor(zooRun({ modelId: 'mobilenetv2_coco_voc_trainval' })) ?? {
      warnings: [],
    };
    expect(warnings).toEqual([
      expect.stringContaining('it has seen the pictures of val'),
      expect.stringContaining('several scales with flips'),
    ]);
  });

  test('names the pictures if a network has other classes than those of VOC', () => {
    const accuracy = accuracyFor(zooRun({ modelId: 'mobilenetv2_coco_cityscapes_trainfine' }));
    expect(accuracy).toMatchObject({ meanIoU: 0.7071, dataSet: 'Cityscapes', split: 'val' });
  });

  test('is null for a model outside the catalogue, and if no accuracy is published', () => {
    expect(accuracyFor(makeRun({ modelId: 'my-own' }))).toBeNull();
    expect(accuracyFor(makeRun({ modelId: 'deeplabv3_mnv2_pascal_quant' }))).toBeNull();
  });
});

describe('beside a run on an agent', () => {
  const devices = (run: RunRecord) => new Set(referencesFor(run).map(({ figure }) => figure.deviceName));

  test.each(['segscope-mnv2-257-int8', 'deeplabv3_mnv2_dm05_pascal_quant', 'a-model-of-ones-own'])(
    "stand the thesis's Raspberry Pi 4 and its Edge TPU, whatever the model (%s)",
    (modelId) => {
      const names = devices(makeAgentRun({ modelId }));
      expect(names).toContain('Raspberry Pi 4');
      expect(names).toContain('Raspberry Pi 4 + Edge TPU');
    },
  );

  test('lists each figure once', () => {
    const rows = referencesFor(makeAgentRun({ modelId: 'mobilenetv2_dm05_coco_voc_trainval' })).map(
      ({ figure }) =>
        `${figure.citation} ${figure.model} ${figure.device} ${figure.stage} ${figure.statistic}`,
    );
    expect(new Set(rows).size).toBe(rows.length);
  });

  test('lists nothing for a run on a test double, and says why', () => {
    expect(referencesFor(makeDoubleRun())).toEqual([]);
    expect(noReferencesBecause(makeDoubleRun())).toContain('TEST DOUBLE');
    expect(noReferencesBecause(makeAgentRun())).toBeNull();
  });
});
