/** A few pictures against TensorFlow's own label maps; all of them: npm run test:accuracy. */
import { browserSetup } from '../src/domain/setup.ts';
import { agreement01 } from '../src/domain/labels/label-map.ts';
import * as cases from './accuracy/reference-cases.ts';
import { closeBatch, openBatch, segmentPicture } from './accuracy/segment-pictures.ts';
import { startHash, startPageDriver } from './bench/page-driver.ts';
import { expect, test } from './fixtures/live-page.ts';
import { ACCURACY } from './thresholds.ts';

const HASH = startHash({
  source: 'sample:chelsea',
  model: 'segscope-mnv2-257',
  backend: 'wasm',
  inputSize: 257,
  pipeline: 'ours',
});

test.describe('accuracy', () => {
  for (const { modelId, reference: referenceId, pictures, least01 } of [
    { modelId: 'mobilenetv2_dm05_coco_voc_trainaug', pictures: 3 },
    { modelId: 'mobilenetv2_coco_voc_trainval', pictures: 2 },
    ...['deeplabv3_mnv2_dm05_pascal_quant', 'deeplabv3_mnv2_pascal_quant'].map((id) => ({
      modelId: id,
      reference: `coral_${id}`,
      pictures: 2,
      least01: ACCURACY.quantisedAgreement01.limit,
    })),
  ].map((each) => ({
    reference: each.modelId,
    least01: ACCURACY.zooMeanAgreement01.limit as number,
    ...each,
  }))) {
    test(`${modelId} agrees with TensorFlow on ${pictures} pictures at native size`, async () => {
      test.skip(cases.SHARED_IS_ABSENT, cases.WHY_SKIPPED);
      test.setTimeout(240_000);
      process.env['MODELS_DIR'] = cases.linkSharedModels();
      const driver = await startPageDriver({ build: false, gpu: false });
      try {
        const { page } = await driver.open(HASH);
        await openBatch(page, browserSetup(modelId, 513, 'wasm', { preprocessing: 'native' }));
        for (const name of cases.pictureNames().slice(0, pictures)) {
          const labelMap = await segmentPicture(page, cases.pictureBytes(name));
          const reference = cases.referenceLabels(referenceId, name);
          expect({ width: labelMap.width, height: labelMap.height }).toEqual({
            width: reference.width,
            height: reference.height,
          });
          expect(agreement01(labelMap, reference), name).toBeGreaterThanOrEqual(least01);
        }
        expect(await closeBatch(page), 'tensors left').toBe(0);
      } finally {
        await driver.close();
      }
    });
  }

  for (const modelId of ['segscope-mnv2-257', 'segscope-mnv2-257-tflite-float16', 'segscope-mnv2-257-int8']) {
    test(`${modelId} finds the cat and the person of the committed samples`, async ({ live }) => {
      await live.open();
      const answers = await live.page.evaluate(
        async (setup) => {
          const shares: Record<string, number> = {};
          const batch = await globalThis.segscope?.openBatch(setup);
          for (const [sample, classIndex] of [
            ['chelsea', 8],
            ['astronaut', 15],
          ] as const) {
            const answer = await batch?.segment(await (await fetch(`samples/${sample}.jpg`)).blob());
            const labels = answer?.labelMap.labels ?? new Uint8Array();
            shares[sample] = labels.filter((label) => label === classIndex).length / labels.length;
          }
          await batch?.close();
          return shares;
        },
        browserSetup(modelId, 257, 'wasm'),
      );
      expect(answers['chelsea']).toBeGreaterThan(ACCURACY.chelseaCatShare01.limit);
      expect(answers['astronaut']).toBeGreaterThan(ACCURACY.astronautPersonShare01.limit);
    });
  }
});
