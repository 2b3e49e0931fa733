/** The pre-processing lab as CSV: one row per configuration, compared with the first. */
import { placeName } from '../domain/agent-description.ts';
import type { EvaluationResult, LabelChange, PairedComparison } from '../domain/accuracy/evaluation.ts';
import { csv, type CsvColumn } from './csv.ts';

export interface LabRow {
  readonly result: EvaluationResult;
  /** Both null for the baseline, and if there is no picture in common. */
  readonly compared: PairedComparison | null;
  readonly change: LabelChange | null;
}

/** Shares are 0..1; shifts are to the right and down. */
const COLUMNS: readonly CsvColumn<LabRow>[] = [
  { name: 'model', value: ({ result }) => result.setup.modelId },
  { name: 'backend', value: ({ result }) => placeName(result.description) },
  { name: 'pipeline', value: ({ result }) => result.setup.pipeline },
  { name: 'preprocessing', value: ({ result }) => result.setup.preprocessing },
  { name: 'upsampling', value: ({ result }) => result.setup.upsampling },
  { name: 'input_size_px', value: ({ result }) => result.setup.inputSize },
  { name: 'weights', value: ({ result }) => result.description.precision },
  { name: 'data_set', value: ({ result }) => result.dataSet.name },
  { name: 'pictures_scored', value: ({ result }) => result.scored },
  { name: 'mean_iou', value: ({ result }) => result.figures.meanIou?.value ?? null },
  { name: 'mean_iou_difference', value: ({ compared }) => compared?.difference.value ?? null },
  { name: 'difference_low95', value: ({ compared }) => compared?.difference.low ?? null },
  { name: 'difference_high95', value: ({ compared }) => compared?.difference.high ?? null },
  { name: 'pictures_compared', value: ({ change }) => change?.pictures ?? null },
  { name: 'agreement', value: ({ change }) => change?.agreement01 ?? null },
  ...axisColumns('x'),
  ...axisColumns('y'),
];

function axisColumns(axis: 'x' | 'y'): readonly CsvColumn<LabRow>[] {
  const shiftOf = ({ change }: LabRow) => change?.[axis] ?? null;
  const third = (index: number) => (row: LabRow) => shiftOf(row)?.thirds[index] ?? null;
  return [
    { name: `shift_${axis}_px`, value: (row) => shiftOf(row)?.median ?? null },
    { name: `shift_${axis}_first_third_px`, value: third(0) },
    { name: `shift_${axis}_middle_third_px`, value: third(1) },
    { name: `shift_${axis}_last_third_px`, value: third(2) },
    { name: `borders_apart_${axis}_px`, value: (row) => shiftOf(row)?.meanDistance ?? null },
    { name: `borders_matched_${axis}`, value: (row) => shiftOf(row)?.matched01 ?? null },
  ];
}

export function labCsv(rows: readonly LabRow[]): string {
  return csv(COLUMNS, rows);
}
