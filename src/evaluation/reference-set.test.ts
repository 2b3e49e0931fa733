import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { accuracyOf } from '../domain/accuracy/accuracy-figures.ts';
import { VOC_CLASSES } from '../domain/labels/class-list.ts';
import { countPicture } from '../domain/accuracy/picture-counts.ts';
import { decodeMask } from './mask-decoding.ts';

/** Reference pictures are not part of the repository; skipped without them. */
const CASES = '../shared/cases';
const TRUTH = `${CASES}/voc_val_small/SegmentationClass`;
const classes = VOC_CLASSES.names.length;

async function labelsOf(path: string) {
  const mask = await decodeMask(readFileSync(path), path, classes, null);
  if (mask.kind === 'refused') throw new Error(mask.sentence);
  return mask.labelMap;
}

interface Figures {
  readonly models: Record<string, { readonly meanIoU: number; readonly pixelAccuracy: number }>;
}

describe.skipIf(!existsSync(TRUTH))('the 41 reference pictures (../shared/cases)', () =>
  test.each(['mobilenetv2_coco_voc_trainval', 'mobilenetv2_dm05_coco_voc_trainaug'])(
    'score as figures.json says: %s',
    async (model) => {
      const { models } = JSON.parse(readFileSync(`${CASES}/reference/figures.json`, 'utf8')) as Figures;
      const pictures = await Promise.all(
        readdirSync(TRUTH).map(async (name) => ({
          counts: countPicture(
            await labelsOf(`${TRUTH}/${name}`),
            await labelsOf(`${CASES}/reference/${model}/${name}`),
            classes,
          ),
          boundaries: [],
        })),
      );
      const { figures } = accuracyOf(pictures, VOC_CLASSES.names);
      expect(pictures).toHaveLength(41);
      expect(figures.meanIou?.value).toBeCloseTo(models[model]?.meanIoU ?? NaN, 4);
      expect(figures.pixelAccuracy?.value).toBeCloseTo(models[model]?.pixelAccuracy ?? NaN, 4);
      expect(figures.meanIou?.low).toBeLessThan(figures.meanIou?.value ?? NaN);
      expect(figures.meanIou?.high).toBeGreaterThan(figures.meanIou?.value ?? NaN);
    },
  ),
);
