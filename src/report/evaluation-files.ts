/** Accuracy results as files: JSON with everything, CSV with one row per class, Markdown for a report. */
import type { DataSetReport, EvaluationResult } from '../domain/accuracy/evaluation.ts';
import { isOnAgent, placeName } from '../domain/agent-description.ts';
import { recordedEvaluation } from '../domain/recorded-setup.ts';
import { backendOf } from '../domain/setup.ts';
import { csv, type Field } from './csv.ts';
import { markdownDocument } from './markdown.ts';
import { count, milliseconds, percent, UNKNOWN } from './quantity.ts';
import { number, prose, text, type Quantity, type Table } from './table.ts';

/** Rises when a reader of the JSON would have to change. */
export const EVALUATION_JSON_VERSION = 1;

/** Shares are 0..1, times ms; a figure that is not applicable is null. */
export function evaluationJson(results: readonly EvaluationResult[], date: Date): string {
  const file = {
    format: 'segscope-evaluation',
    version: EVALUATION_JSON_VERSION,
    exportedAt: date.toISOString(),
    results: results.map(recordedEvaluation),
  };
  return `${JSON.stringify(file, null, 2)}\n`;
}

const RESULT_HEADER = [
  'result_id',
  'model',
  'backend',
  'pipeline',
  'preprocessing',
  'upsampling',
  'input_size_px',
  'device',
  'agent',
  'device_asked',
  'device_used',
  'tail',
  'data_set',
  'list',
  'mapping',
  'state',
  'pictures_planned',
  'pictures_scored',
  'pictures_skipped',
] as const;

const CLASS_HEADER = [
  'class_index',
  'class',
  'iou',
  'pictures',
  'truth_px',
  'predicted_px',
  'boundary_f',
  'mean_iou',
  'mean_iou_low95',
  'mean_iou_high95',
  'mean_iou_all_classes',
  'pixel_accuracy',
  'frequency_weighted_iou',
  'inference_median_ms',
  'leak',
] as const;

/** One row per result and class; what belongs to the whole result is repeated in each. */
export function evaluationCsv(results: readonly EvaluationResult[]): string {
  const rows = results.flatMap((result) => {
    const { figures } = result;
    const whole: readonly Field[] = [
      figures.meanIou?.value ?? null,
      figures.meanIou?.low ?? null,
      figures.meanIou?.high ?? null,
      figures.meanIouAll?.value ?? null,
      figures.pixelAccuracy?.value ?? null,
      figures.frequencyWeightedIou,
      result.latency?.inferenceMs ?? null,
      result.leak,
    ];
    return figures.classes.map((one) => [
      ...resultFields(result),
      one.index,
      one.name,
      one.iou,
      one.pictures,
      one.truthPixels,
      one.predictedPixels,
      one.boundaryF,
      ...whole,
    ]);
  });
  return csv([[...RESULT_HEADER, ...CLASS_HEADER], ...rows]);
}

function resultFields({
  id,
  setup,
  description,
  dataSet,
  state,
  planned,
  scored,
  skipped,
}: EvaluationResult): readonly Field[] {
  return [
    id,
    setup.modelId,
    backendOf(setup),
    setup.pipeline,
    setup.preprocessing,
    setup.upsampling,
    setup.inputSize,
    description.device,
    ...(isOnAgent(description)
      ? [description.agentAddress, description.deviceAsked, description.deviceUsed, description.tail]
      : [null, null, null, null]),
    dataSet.name,
    dataSet.list,
    dataSet.mapping,
    state,
    planned,
    scored,
    skipped.length,
  ];
}

/** One row per picture or file left out, of the data set (result empty) and of each result. */
export function skippedCsv(
  dataSet: Pick<DataSetReport, 'name' | 'skipped'> | null,
  results: readonly EvaluationResult[],
): string {
  const rows = [
    ...(dataSet?.skipped ?? []).map((one) => [dataSet?.name ?? '', '', one.name, one.reason, one.sentence]),
    ...results.flatMap((result) =>
      result.skipped.map((one) => [result.dataSet.name, labelOf(result), one.name, one.reason, one.sentence]),
    ),
  ];
  return csv([['data_set', 'result', 'name', 'reason', 'sentence'], ...rows]);
}

export function evaluationMarkdown(results: readonly EvaluationResult[]): string {
  return markdownDocument('Accuracy measured with Segscope', [summary(results), ...results.map(classTable)]);
}

const labelOf = ({ setup, description }: EvaluationResult) =>
  `${setup.modelId}, ${placeName(description)}${isOnAgent(description) ? ` at ${description.agentAddress}, ${description.tail} tail` : ''}, ${setup.inputSize} px, ${setup.preprocessing}${setup.upsampling === 'aligned' ? '' : `, upsampling ${setup.upsampling}`}${setup.pipeline === 'stock' ? ', stock pipeline' : ''}`;

function summary(results: readonly EvaluationResult[]): Table {
  return {
    id: 'accuracy',
    title: 'Accuracy',
    columns: [
      text('configuration'),
      text('pictures'),
      number('mean IoU (%)'),
      text('95 % interval'),
      number('mean IoU, all classes (%)'),
      number('pixel accuracy (%)'),
      number('frequency-weighted IoU (%)'),
      number('boundary F (%)'),
      number('inference, median (ms)'),
      prose('published mean IoU'),
    ],
    rows: results.map((result) => {
      const { figures, latency, published } = result;
      const { meanIou } = figures;
      return [
        labelOf(result),
        picturesText(result),
        percent(meanIou?.value ?? null),
        meanIou === null ? UNKNOWN : `${percent(meanIou.low).text} to ${percent(meanIou.high).text}`,
        percent(figures.meanIouAll?.value ?? null),
        percent(figures.pixelAccuracy?.value ?? null),
        percent(figures.frequencyWeightedIou),
        percent(figures.boundaryF),
        milliseconds(latency?.inferenceMs ?? null),
        published === null
          ? UNKNOWN
          : `${percent(published.meanIou).text} % on ${published.split} (${published.protocol})`,
      ];
    }),
    notes: [
      'Mean IoU is over the classes present in the truth, one matrix over all pictures, void skipped; "all classes" counts a class that only the prediction has as 0 and leaves out one that neither has.',
      'Intervals: bootstrap over pictures, 2,000 resamples.',
      'Boundary F: Csurka et al. 2013, tolerance 0.75 % of the diagonal, mean over pictures per class, then over classes.',
      ...results.flatMap((result) => [
        ...(result.leak === null ? [] : [`${labelOf(result)}: ${result.leak}`]),
        ...(result.figures.meanIouAll === null || result.figures.meanIouAll.undefinedClasses === 0
          ? []
          : [
              `${labelOf(result)}: ${result.figures.meanIouAll.undefinedClasses} classes are in neither truth nor prediction (n/a).`,
            ]),
      ]),
    ],
  };
}

function picturesText({ scored, planned, skipped, dataSet, state }: EvaluationResult): string {
  const list = dataSet.list === null ? '' : `, ${dataSet.list}`;
  const partial = state === 'complete' ? '' : ', partial';
  return `${scored} of ${planned} of ${dataSet.name}${list}${skipped.length === 0 ? '' : `, ${skipped.length} skipped`}${partial}`;
}

function classTable(result: EvaluationResult, index: number): Table {
  const orNotApplicable = (share: number | null): Quantity =>
    share === null ? { value: null, text: 'n/a' } : percent(share);
  return {
    id: `classes-${index + 1}`,
    title: `Classes: ${labelOf(result)}`,
    columns: [
      text('class'),
      number('IoU (%)'),
      number('boundary F (%)'),
      number('pictures'),
      number('pixels of the truth'),
      number('pixels predicted'),
    ],
    rows: result.figures.classes.map((one) => [
      one.name,
      orNotApplicable(one.iou),
      orNotApplicable(one.boundaryF),
      count(one.pictures),
      count(one.truthPixels),
      count(one.predictedPixels),
    ]),
    notes: [],
  };
}
