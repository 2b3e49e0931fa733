/**
 * `npm run test:accuracy`: the zoo models on all 41 reference pictures against TensorFlow's own label maps, on wasm.
 * `-- --imported ID=REFERENCE,... --backends wasm,litert` measures models of MODELS_DIR instead, each against the label
 * maps of the reference that it was made from.
 */
import { parseArgs } from 'node:util';
import type { Page } from '@playwright/test';
import { isBackend, type Backend } from '../../src/domain/backend.ts';
import { browserSetup } from '../../src/domain/setup.ts';
import { agreement01, resizeLabelMap } from '../../src/domain/labels/label-map.ts';
import { ConfusionMatrix } from '../../src/domain/accuracy/confusion-matrix.ts';
import { startHash, startPageDriver } from '../bench/page-driver.ts';
import { ACCURACY } from '../thresholds.ts';
import * as cases from './reference-cases.ts';
import { closeBatch, openBatch, segmentPicture } from './segment-pictures.ts';

/** Quantised .tflite files, cut at their logits and finished here. Every pixel matches TensorFlow's. */
const CORAL = ['deeplabv3_mnv2_dm05_pascal_quant', 'deeplabv3_mnv2_pascal_quant'];
const ZOO = ['mobilenetv2_dm05_coco_voc_trainaug', 'mobilenetv2_coco_voc_trainval'];
const EMBEDDED = [
  'segscope-mnv2-257',
  'segscope-mnv2-257-uint8',
  'segscope-mnv2-257-tflite-float16',
  'segscope-mnv2-257-int8',
];
const CLASSES = 21;

interface Subject {
  readonly modelId: string;
  readonly backend: Backend;
  /** Folder of TensorFlow's label maps; null if the model has no reference maps. */
  readonly reference: string | null;
  readonly limit: number;
}

function subjects(imported: string, backends: string): readonly Subject[] {
  const zoo = ACCURACY.zooMeanAgreement01.limit;
  const exact = ACCURACY.quantisedAgreement01.limit;
  if (imported === '') {
    return [
      ...ZOO.map((modelId): Subject => ({ modelId, backend: 'wasm', reference: modelId, limit: zoo })),
      ...CORAL.map((modelId): Subject => ({
        modelId,
        backend: 'wasm',
        reference: `coral_${modelId}`,
        limit: exact,
      })),
      ...EMBEDDED.map((modelId): Subject => ({ modelId, backend: 'wasm', reference: null, limit: 0 })),
    ];
  }
  return imported.split(',').flatMap((pair) => {
    const [modelId = '', reference = ''] = pair.split('=');
    return backends.split(',').map((backend): Subject => {
      if (!isBackend(backend)) throw new Error(`--backends ${backend} is unknown.`);
      return { modelId, backend, reference, limit: zoo };
    });
  });
}

async function main(): Promise<boolean> {
  const { values } = parseArgs({
    options: {
      build: { type: 'boolean', default: true },
      imported: { type: 'string', default: '' },
      backends: { type: 'string', default: 'wasm' },
    },
    allowNegative: true,
  });
  process.env['MODELS_DIR'] ??= cases.linkSharedModels();
  const driver = await startPageDriver({ build: values.build, gpu: false });
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
    for (const subject of subjects(values.imported, values.backends)) {
      if (!(await measure(page, subject))) good = false;
    }
  } finally {
    await driver.close();
  }
  return good;
}

async function measure(page: Page, { modelId, backend, reference, limit }: Subject): Promise<boolean> {
  const names = cases.pictureNames();
  const setup =
    reference === null
      ? browserSetup(modelId, 257, backend)
      : browserSetup(modelId, 513, backend, { preprocessing: 'native' });
  await openBatch(page, setup);
  const matrix = new ConfusionMatrix(CLASSES);
  const agreements: number[] = [];
  for (const [i, name] of names.entries()) {
    const labelMap = await segmentPicture(page, cases.pictureBytes(name));
    const truth = cases.truth(name);
    matrix.add(truth, resizeLabelMap(labelMap, truth));
    if (reference !== null) agreements.push(agreement01(labelMap, cases.referenceLabels(reference, name)));
    process.stdout.write(`\r${modelId} on ${backend}: ${i + 1} of ${names.length}  `);
  }
  const left = await closeBatch(page);
  const measured = `mean IoU ${(matrix.meanIou() ?? NaN).toFixed(4)}`;
  if (reference === null) {
    console.log(`\n  ${measured}; tensors left ${left}`);
    return left === 0;
  }
  const mean = agreements.reduce((sum, value) => sum + value, 0) / agreements.length;
  const [meanText, leastText] = [mean, Math.min(...agreements)].map((share) => (share * 100).toFixed(4));
  console.log(
    `\n  ${measured}, TensorFlow ${cases.referenceMeanIoU(reference).toFixed(4)}; agreement with TensorFlow mean ${meanText ?? ''} %, least ${leastText ?? ''} % (at least ${limit * 100} % wanted); tensors left ${left}`,
  );
  return left === 0 && mean >= limit;
}

if (cases.SHARED_IS_ABSENT) {
  console.log(`Skipped: ${cases.WHY_SKIPPED}.`);
} else {
  process.exitCode = (await main()) ? 0 : 1;
}
