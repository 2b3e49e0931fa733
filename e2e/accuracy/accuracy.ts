/** `npm run test:accuracy`: the zoo models on all 41 reference pictures against TensorFlow's own label maps, on wasm. */
import { agreement01, resizeLabelMap } from '../../src/domain/label-map.ts';
import { ConfusionMatrix } from '../../src/domain/confusion-matrix.ts';
import { startHash, startPageDriver } from '../bench/page-driver.ts';
import { ACCURACY } from '../thresholds.ts';
import * as cases from './reference-cases.ts';
import { closeBatch, openBatch, segmentPicture } from './segment-pictures.ts';

/** Quantised .tflite files, cut at their logits and finished here: every pixel is TensorFlow's. */
const CORAL = ['deeplabv3_mnv2_dm05_pascal_quant', 'deeplabv3_mnv2_pascal_quant'];
const ZOO = ['mobilenetv2_dm05_coco_voc_trainaug', 'mobilenetv2_coco_voc_trainval', ...CORAL];
const EMBEDDED = [
  'segscope-mnv2-257',
  'segscope-mnv2-257-uint8',
  'segscope-mnv2-257-tflite-float16',
  'segscope-mnv2-257-int8',
];
const CLASSES = 21;

async function main(): Promise<boolean> {
  process.env['MODELS_DIR'] ??= cases.linkSharedModels();
  const driver = await startPageDriver({ build: !process.argv.includes('--no-build'), gpu: false });
  let good = true;
  try {
    const { page } = await driver.open(
      startHash({
        source: 'sample:astronaut',
        model: 'segscope-mnv2-257',
        backend: 'wasm',
        inputSize: 257,
        pipeline: 'ours',
      }),
    );
    const names = cases.pictureNames();
    for (const modelId of [...ZOO, ...EMBEDDED]) {
      const isZoo = ZOO.includes(modelId);
      const request = isZoo
        ? ({ inputSize: 513, preprocessing: 'native' } as const)
        : ({ inputSize: 257, preprocessing: 'fit' } as const);
      await openBatch(page, { modelId, backend: 'wasm', pipeline: 'ours', ...request });
      const matrix = new ConfusionMatrix(CLASSES);
      const agreements: number[] = [];
      for (const [i, name] of names.entries()) {
        const labelMap = await segmentPicture(page, cases.pictureBytes(name));
        const truth = cases.truth(name);
        matrix.add(truth, resizeLabelMap(labelMap, truth));
        if (isZoo) agreements.push(agreement01(labelMap, cases.referenceLabels(referenceOf(modelId), name)));
        process.stdout.write(`\r${modelId}: ${String(i + 1)} of ${String(names.length)}  `);
      }
      const left = await closeBatch(page);
      const mean = agreements.reduce((sum, value) => sum + value, 0) / agreements.length;
      const { limit } = CORAL.includes(modelId) ? ACCURACY.quantisedAgreement01 : ACCURACY.zooMeanAgreement01;
      console.log(
        `\n  mean IoU ${(matrix.meanIou() ?? NaN).toFixed(4)}${isZoo ? `, TensorFlow ${cases.referenceMeanIoU(referenceOf(modelId)).toFixed(4)}; agreement with TensorFlow mean ${(mean * 100).toFixed(3)} %, least ${(Math.min(...agreements) * 100).toFixed(3)} % (at least ${String(limit * 100)} % wanted)` : ''}; tensors left ${String(left)}`,
      );
      if (left !== 0 || (isZoo && mean < limit)) good = false;
    }
  } finally {
    await driver.close();
  }
  return good;
}

/** The folder of TensorFlow's label maps. */
function referenceOf(modelId: string): string {
  return CORAL.includes(modelId) ? `coral_${modelId}` : modelId;
}

if (cases.SHARED_IS_ABSENT) {
  console.log(`Skipped: ${cases.WHY_SKIPPED}.`);
} else {
  process.exitCode = (await main()) ? 0 : 1;
}
