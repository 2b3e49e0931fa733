/** Evaluation results for component tests: the figures come from a matrix in which three classes occur. */
import { VOC_CLASSES } from '../../../domain/labels/class-list.ts';
import { browserSetup } from '../../../domain/setup.ts';
import type { EvaluationResult } from '../../../domain/accuracy/evaluation.ts';

export interface ResultTraits {
  readonly id: string;
  readonly modelName?: string;
  readonly dataSetName?: string;
  readonly segmentMs?: number;
  /** Overrides of the shown figures; the matrix stays the same. */
  readonly meanIou?: number;
  readonly state?: EvaluationResult['state'];
  readonly leak?: string | null;
  readonly published?: EvaluationResult['published'];
}

/** Ground truth x prediction, pixels: background, cat (8) and dog (12). */
const CELLS: readonly (readonly [truth: number, predicted: number, pixels: number])[] = [
  [0, 0, 90_000],
  [0, 8, 6_000],
  [0, 12, 4_000],
  [8, 8, 30_000],
  [8, 12, 9_000],
  [8, 0, 1_000],
  [12, 12, 16_000],
  [12, 8, 2_000],
  [12, 0, 2_000],
];

const CLASSES = VOC_CLASSES.names.length;

function matrixOf(): number[] {
  const matrix = new Array<number>(CLASSES * (CLASSES + 1)).fill(0);
  for (const [truth, predicted, pixels] of CELLS) matrix[truth * (CLASSES + 1) + predicted] = pixels;
  return matrix;
}

const sumWhere = (fits: (truth: number, predicted: number) => boolean) =>
  CELLS.reduce((sum, [truth, predicted, pixels]) => sum + (fits(truth, predicted) ? pixels : 0), 0);

export function makeEvaluationResult(traits: ResultTraits): EvaluationResult {
  const { id, modelName = 'Segscope MobileNetV2', dataSetName = 'VOC2012', segmentMs = 50 } = traits;
  const meanIou = traits.meanIou ?? 0.7;
  return {
    schemaVersion: 1,
    id,
    setup: browserSetup('segscope-mnv2-257', 257, 'wasm'),
    description: {
      modelId: 'segscope-mnv2-257',
      modelName,
      files: [{ path: 'model.json', bytes: 91_234, sha256: '3f'.repeat(32) }],
      runtime: 'TensorFlow.js 4.22.0',
      backend: 'wasm',
      device: 'processor, 2 logical cores',
      softwareRendered: false,
      simd: true,
      threads: 2,
      float16Textures: null,
      pipeline: 'ours',
      preprocessing: 'fit',
      inputSize: 257,
      outputStride: 16,
      precision: 'float16',
      classList: 'voc',
      classNames: VOC_CLASSES.names,
    },
    dataSet: { name: dataSetName, list: null, mapping: null },
    startedAt: '2026-11-22T14:00:00.000Z',
    userAgent: 'test',
    segscopeVersion: '0.1.0',
    planned: 41,
    scored: traits.state === 'partial' ? 12 : 40,
    skipped: [
      {
        name: '2007_000063',
        reason: 'size-differs',
        sentence: 'The mask is 10 x 10, its picture 500 x 375.',
      },
    ],
    state: traits.state ?? 'complete',
    figures: {
      meanIou: { value: meanIou, low: meanIou - 0.05, high: meanIou + 0.05 },
      meanIouAll: { value: 0.62, absentPredicted: 2, undefinedClasses: 16 },
      pixelAccuracy: { value: 0.85, low: 0.82, high: 0.88 },
      frequencyWeightedIou: 0.76,
      boundaryF: 0.51,
      classes: VOC_CLASSES.names.map((name, index) => {
        const truthPixels = sumWhere((truth) => truth === index);
        const predictedPixels = sumWhere((_, predicted) => predicted === index);
        const hits = sumWhere((truth, predicted) => truth === index && predicted === index);
        const present = truthPixels > 0;
        return {
          index,
          name,
          iou: present ? hits / (truthPixels + predictedPixels - hits) : null,
          pictures: present ? 20 : 0,
          truthPixels,
          predictedPixels,
          boundaryF: present ? 0.5 : null,
        };
      }),
    },
    matrix: matrixOf(),
    latency: { inferenceMs: segmentMs * 0.9, segmentMs, otherMs: 8, wholeMs: segmentMs * 1.1 },
    totals: { inferenceMs: 40 * segmentMs * 0.9, wholeMs: 40 * segmentMs * 1.1 },
    leak: traits.leak ?? null,
    published: traits.published ?? null,
  };
}
