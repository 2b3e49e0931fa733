/** The pre-processing lab as CSV: one row per configuration, against the first. */
import { placeName } from '../domain/agent-description.ts';
import type { AxisDisplacement } from '../domain/accuracy/border-displacement.ts';
import type { EvaluationResult, LabelChange, PairedComparison } from '../domain/accuracy/evaluation.ts';
import { csv, type Field } from './csv.ts';

export interface LabRow {
  readonly result: EvaluationResult;
  /** Both null for the baseline, and where there is no picture in common. */
  readonly compared: PairedComparison | null;
  readonly change: LabelChange | null;
}

const HEADER = [
  'model',
  'backend',
  'pipeline',
  'preprocessing',
  'upsampling',
  'input_size_px',
  'weights',
  'data_set',
  'pictures_scored',
  'mean_iou',
  'mean_iou_difference',
  'difference_low95',
  'difference_high95',
  'pictures_compared',
  'agreement',
  ...['x', 'y'].flatMap((axis) => [
    `shift_${axis}_px`,
    `shift_${axis}_first_third_px`,
    `shift_${axis}_middle_third_px`,
    `shift_${axis}_last_third_px`,
    `borders_apart_${axis}_px`,
    `borders_matched_${axis}`,
  ]),
];

/** Shares are 0..1; shifts are to the right and down. */
export function labCsv(rows: readonly LabRow[]): string {
  return csv([HEADER, ...rows.map(fields)]);
}

function fields({ result, compared, change }: LabRow): readonly Field[] {
  const { setup, description, dataSet, scored, figures } = result;
  return [
    setup.modelId,
    placeName(description),
    setup.pipeline,
    setup.preprocessing,
    setup.upsampling,
    setup.inputSize,
    description.precision,
    dataSet.name,
    scored,
    figures.meanIou?.value ?? null,
    compared?.difference.value ?? null,
    compared?.difference.low ?? null,
    compared?.difference.high ?? null,
    change?.pictures ?? null,
    change?.agreement01 ?? null,
    ...axisFields(change?.x ?? null),
    ...axisFields(change?.y ?? null),
  ];
}

function axisFields(axis: AxisDisplacement | null): readonly Field[] {
  if (axis === null) return [null, null, null, null, null, null];
  return [axis.median, ...axis.thirds, axis.meanDistance, axis.matched01];
}
