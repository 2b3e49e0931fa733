/** Prints an evaluation for a terminal: a progress bar, then figures and classes. */
import { placeName } from '../../src/domain/agent-description.ts';
import { backendOf } from '../../src/domain/setup.ts';
import type { AxisDisplacement } from '../../src/domain/accuracy/border-displacement.ts';
import type { EvaluationResult, LabelChange } from '../../src/domain/accuracy/evaluation.ts';
import type { EvaluationState } from './page-evaluation.ts';

const BAR = 30;

/** One line that overwrites the previous one. */
export function progressLine({ done, total, secondsLeft, meanIou, at, choices }: EvaluationState): string {
  const full = total === 0 ? 0 : Math.round((done / total) * BAR);
  const left = secondsLeft === null ? '' : `, ${Math.ceil(secondsLeft)} s left`;
  const iou = meanIou === null ? '' : `, mean IoU ${(meanIou * 100).toFixed(2)} %`;
  const which = choices > 1 ? `${at + 1}/${choices} ` : '';
  return `${which}[${'#'.repeat(full)}${'.'.repeat(BAR - full)}] ${done} of ${total}${iou}${left}    `;
}

const percent = (share: number | null | undefined) =>
  share === null || share === undefined ? 'n/a' : `${(share * 100).toFixed(2)} %`;

export function printResult(result: EvaluationResult): void {
  const { setup, description, figures, latency, totals, planned, scored, skipped } = result;
  const { meanIou, meanIouAll, pixelAccuracy } = figures;
  const lines = [
    `${description.modelName}, ${placeName(description)} on ${description.device}, input ${setup.inputSize}, ${setup.preprocessing}, ${setup.pipeline}`,
    `pictures               ${scored} of ${planned}, ${skipped.length} skipped (${result.state})`,
    `mean IoU               ${percent(meanIou?.value)}  95 % interval ${percent(meanIou?.low)} to ${percent(meanIou?.high)}`,
    `mean IoU, all classes  ${percent(meanIouAll?.value)}  (${meanIouAll?.absentPredicted ?? 0} only predicted, ${meanIouAll?.undefinedClasses ?? 0} n/a)`,
    `pixel accuracy         ${percent(pixelAccuracy?.value)}`,
    `frequency-weighted IoU ${percent(figures.frequencyWeightedIou)}`,
    `boundary F             ${percent(figures.boundaryF)}`,
  ];
  if (latency !== null) {
    const share = totals.wholeMs / totals.inferenceMs;
    lines.push(
      `inference              ${latency.inferenceMs.toFixed(1)} ms median; everything else ${latency.otherMs.toFixed(1)} ms; whole time over inference ${share.toFixed(3)}`,
    );
  }
  if (result.published !== null) {
    const { published } = result;
    lines.push(
      `published              ${percent(published.meanIou)} on ${published.split} (${published.protocol})`,
    );
  }
  if (result.leak !== null) lines.push(result.leak);
  const classes = figures.classes.map(
    ({ name, iou, pictures }) =>
      `  ${name.padEnd(14)} ${percent(iou).padStart(8)}  ${String(pictures).padStart(5)} pictures`,
  );
  const left = skipped.map(({ sentence }) => `  ${sentence}`);
  console.log([...lines, ...classes, ...(left.length === 0 ? [] : ['left out:', ...left])].join('\n'));
}

/** Several results in one table, with how each changes the labels of the first. */
export function printTable(
  results: readonly EvaluationResult[],
  changes: readonly (LabelChange | null)[],
): void {
  const rows = results.map(({ setup, description, figures, latency, scored, planned }, i) => {
    const change = i === 0 ? null : (changes[i - 1] ?? null);
    const { modelId, inputSize, preprocessing, upsampling, pipeline } = setup;
    const words = [modelId, backendOf(setup), String(inputSize), preprocessing];
    return [
      [
        ...words,
        ...(upsampling === 'aligned' ? [] : [upsampling]),
        ...(pipeline === 'stock' ? ['stock'] : []),
      ].join(' '),
      description.precision,
      `${scored}/${planned}`,
      percent(figures.meanIou?.value),
      percent(figures.pixelAccuracy?.value),
      latency === null ? '' : latency.inferenceMs.toFixed(1),
      latency === null ? '' : latency.otherMs.toFixed(1),
      change === null ? '' : percent(change.agreement01),
      change === null ? '' : shift(change.x),
      change === null ? '' : shift(change.y),
    ];
  });
  const head = [
    ...['configuration', 'weights', 'pictures', 'mean IoU', 'pixels right', 'inference ms', 'other ms'],
    ...['agreement', 'shift x, px (thirds)', 'shift y, px (thirds)'],
  ];
  const widths = head.map((title, i) => Math.max(title.length, ...rows.map((row) => (row[i] ?? '').length)));
  for (const row of [head, ...rows]) {
    console.log(row.map((cell, i) => cell.padEnd(widths[i] ?? 0)).join('  '));
  }
  if (results.length > 1) console.log('Agreement and shifts are against the first.');
}

const signed = (pixels: number | null) =>
  pixels === null ? '?' : `${pixels > 0 ? '+' : ''}${pixels.toFixed(1)}`;

/** "+0.4 (0.0 / +0.3 / +0.9)" */
function shift({ median, thirds }: AxisDisplacement): string {
  return `${signed(median)} (${thirds.map(signed).join(' / ')})`;
}
