/** Accuracy results as files: JSON with everything, CSV with one row per class, Markdown for a report. */
import type { DataSetReport, EvaluationResult } from '../domain/accuracy/evaluation.ts';
import { isOnAgent, placeName } from '../domain/agent-description.ts';
import { recordedEvaluation } from '../domain/recorded-setup.ts';
import { UNKNOWN } from '../domain/quantity.ts';
import { backendOf } from '../domain/setup.ts';
import { columnsOf, csv, type CsvColumn } from './csv.ts';
import { markdownDocument } from './markdown.ts';
import {
  count,
  milliseconds,
  number,
  percent,
  prose,
  tableOf,
  text,
  type Quantity,
  type Table,
} from './table.ts';

/** Rises when a change requires a new reader of the JSON. */
const EVALUATION_JSON_VERSION = 1;

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

const agentOf = ({ description }: EvaluationResult) => (isOnAgent(description) ? description : null);

const RESULT_COLUMNS: readonly CsvColumn<EvaluationResult>[] = [
  { name: 'result_id', value: ({ id }) => id },
  { name: 'model', value: ({ setup }) => setup.modelId },
  { name: 'backend', value: ({ setup }) => backendOf(setup) },
  { name: 'pipeline', value: ({ setup }) => setup.pipeline },
  { name: 'preprocessing', value: ({ setup }) => setup.preprocessing },
  { name: 'upsampling', value: ({ setup }) => setup.upsampling },
  { name: 'input_size_px', value: ({ setup }) => setup.inputSize },
  { name: 'device', value: ({ description }) => description.device },
  { name: 'agent', value: (result) => agentOf(result)?.agentAddress ?? null },
  { name: 'device_asked', value: (result) => agentOf(result)?.deviceAsked ?? null },
  { name: 'device_used', value: (result) => agentOf(result)?.deviceUsed ?? null },
  { name: 'tail', value: (result) => agentOf(result)?.tail ?? null },
  { name: 'data_set', value: ({ dataSet }) => dataSet.name },
  { name: 'list', value: ({ dataSet }) => dataSet.list },
  { name: 'mapping', value: ({ dataSet }) => dataSet.mapping },
  { name: 'state', value: ({ state }) => state },
  { name: 'pictures_planned', value: ({ planned }) => planned },
  { name: 'pictures_scored', value: ({ scored }) => scored },
  { name: 'pictures_skipped', value: ({ skipped }) => skipped.length },
];

const FIGURE_COLUMNS: readonly CsvColumn<EvaluationResult>[] = [
  { name: 'mean_iou', value: ({ figures }) => figures.meanIou?.value ?? null },
  { name: 'mean_iou_low95', value: ({ figures }) => figures.meanIou?.low ?? null },
  { name: 'mean_iou_high95', value: ({ figures }) => figures.meanIou?.high ?? null },
  { name: 'mean_iou_all_classes', value: ({ figures }) => figures.meanIouAll?.value ?? null },
  { name: 'pixel_accuracy', value: ({ figures }) => figures.pixelAccuracy?.value ?? null },
  { name: 'frequency_weighted_iou', value: ({ figures }) => figures.frequencyWeightedIou },
  { name: 'inference_median_ms', value: ({ latency }) => latency?.inferenceMs ?? null },
  { name: 'leak', value: ({ leak }) => leak },
];

type ClassFigures = EvaluationResult['figures']['classes'][number];

interface ClassRow {
  readonly result: EvaluationResult;
  readonly one: ClassFigures;
}

const CLASS_COLUMNS: readonly CsvColumn<ClassRow>[] = [
  ...columnsOf(RESULT_COLUMNS, ({ result }: ClassRow) => result),
  { name: 'class_index', value: ({ one }) => one.index },
  { name: 'class', value: ({ one }) => one.name },
  { name: 'iou', value: ({ one }) => one.iou },
  { name: 'pictures', value: ({ one }) => one.pictures },
  { name: 'truth_px', value: ({ one }) => one.truthPixels },
  { name: 'predicted_px', value: ({ one }) => one.predictedPixels },
  { name: 'boundary_f', value: ({ one }) => one.boundaryF },
  ...columnsOf(FIGURE_COLUMNS, ({ result }: ClassRow) => result),
];

/** One row per result and class; figures of the whole result are repeated in each. */
export function evaluationCsv(results: readonly EvaluationResult[]): string {
  const rows = results.flatMap((result) => result.figures.classes.map((one) => ({ result, one })));
  return csv(CLASS_COLUMNS, rows);
}

interface SkippedRow {
  readonly dataSet: string;
  /** Empty for items that the data set itself left out. */
  readonly result: string;
  readonly one: DataSetReport['skipped'][number];
}

const SKIPPED_COLUMNS: readonly CsvColumn<SkippedRow>[] = [
  { name: 'data_set', value: ({ dataSet }) => dataSet },
  { name: 'result', value: ({ result }) => result },
  { name: 'name', value: ({ one }) => one.name },
  { name: 'reason', value: ({ one }) => one.reason },
  { name: 'sentence', value: ({ one }) => one.sentence },
];

/** One row per picture or file left out, first by the data set, then by each result. */
export function skippedCsv(
  dataSet: Pick<DataSetReport, 'name' | 'skipped'> | null,
  results: readonly EvaluationResult[],
): string {
  const rows = [
    ...(dataSet?.skipped ?? []).map((one) => ({ dataSet: dataSet?.name ?? '', result: '', one })),
    ...results.flatMap((result) =>
      result.skipped.map((one) => ({ dataSet: result.dataSet.name, result: labelOf(result), one })),
    ),
  ];
  return csv(SKIPPED_COLUMNS, rows);
}

export function evaluationMarkdown(results: readonly EvaluationResult[]): string {
  return markdownDocument('Accuracy measured with Segscope', [summary(results), ...results.map(classTable)]);
}

const labelOf = ({ setup, description }: EvaluationResult) =>
  `${setup.modelId}, ${placeName(description)}${isOnAgent(description) ? ` at ${description.agentAddress}, ${description.tail} tail` : ''}, ${setup.inputSize} px, ${setup.preprocessing}${setup.upsampling === 'aligned' ? '' : `, upsampling ${setup.upsampling}`}${setup.pipeline === 'stock' ? ', stock pipeline' : ''}`;

function summary(results: readonly EvaluationResult[]): Table {
  return tableOf(
    { id: 'accuracy', title: 'Accuracy' },
    results,
    [
      text('configuration', labelOf),
      text('pictures', picturesText),
      number('mean IoU (%)', ({ figures }) => percent(figures.meanIou?.value ?? null)),
      text('95 % interval', ({ figures: { meanIou } }) =>
        meanIou === null ? UNKNOWN : `${percent(meanIou.low).text} to ${percent(meanIou.high).text}`,
      ),
      number('mean IoU, all classes (%)', ({ figures }) => percent(figures.meanIouAll?.value ?? null)),
      number('pixel accuracy (%)', ({ figures }) => percent(figures.pixelAccuracy?.value ?? null)),
      number('frequency-weighted IoU (%)', ({ figures }) => percent(figures.frequencyWeightedIou)),
      number('boundary F (%)', ({ figures }) => percent(figures.boundaryF)),
      number('inference, median (ms)', ({ latency }) => milliseconds(latency?.inferenceMs ?? null)),
      prose('published mean IoU', ({ published }) =>
        published === null
          ? UNKNOWN
          : `${percent(published.meanIou).text} % on ${published.split} (${published.protocol})`,
      ),
    ],
    [
      'Mean IoU is over the classes present in the truth, one matrix over all pictures, void skipped; "all classes" counts a class that only the prediction has as 0 and leaves out one that neither has.',
      'Intervals: bootstrap over pictures, 2,000 resamples.',
      'Boundary F: Csurka et al. 2013, tolerance 0.75 % of the diagonal, mean over pictures per class, then over classes.',
      ...results.flatMap(notesOf),
    ],
  );
}

function notesOf(result: EvaluationResult): readonly string[] {
  const undefinedClasses = result.figures.meanIouAll?.undefinedClasses ?? 0;
  return [
    ...(result.leak === null ? [] : [`${labelOf(result)}: ${result.leak}`]),
    ...(undefinedClasses === 0
      ? []
      : [`${labelOf(result)}: ${undefinedClasses} classes are in neither truth nor prediction (n/a).`]),
  ];
}

function picturesText({ scored, planned, skipped, dataSet, state }: EvaluationResult): string {
  const list = dataSet.list === null ? '' : `, ${dataSet.list}`;
  const partial = state === 'complete' ? '' : ', partial';
  return `${scored} of ${planned} of ${dataSet.name}${list}${skipped.length === 0 ? '' : `, ${skipped.length} skipped`}${partial}`;
}

function classTable(result: EvaluationResult, index: number): Table {
  const orNotApplicable = (share: number | null): Quantity =>
    share === null ? { value: null, text: 'n/a' } : percent(share);
  return tableOf(
    { id: `classes-${index + 1}`, title: `Classes: ${labelOf(result)}` },
    result.figures.classes,
    [
      text('class', ({ name }) => name),
      number('IoU (%)', ({ iou }) => orNotApplicable(iou)),
      number('boundary F (%)', ({ boundaryF }) => orNotApplicable(boundaryF)),
      number('pictures', ({ pictures }) => count(pictures)),
      number('pixels of the truth', ({ truthPixels }) => count(truthPixels)),
      number('pixels predicted', ({ predictedPixels }) => count(predictedPixels)),
    ],
  );
}
