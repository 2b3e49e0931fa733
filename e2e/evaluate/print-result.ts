/** Prints an evaluation for a terminal: a progress bar, then figures and classes. */
import type { EvaluationResult } from '../../src/domain/evaluation.ts';
import type { EvaluationState } from './page-evaluation.ts';

const BAR = 30;

/** One line that overwrites the one before. */
export function progressLine({ done, total, secondsLeft, meanIou }: EvaluationState): string {
  const full = total === 0 ? 0 : Math.round((done / total) * BAR);
  const left = secondsLeft === null ? '' : `, ${String(Math.ceil(secondsLeft))} s left`;
  const iou = meanIou === null ? '' : `, mean IoU ${(meanIou * 100).toFixed(2)} %`;
  return `[${'#'.repeat(full)}${'.'.repeat(BAR - full)}] ${String(done)} of ${String(total)}${iou}${left}    `;
}

const percent = (share: number | null | undefined) =>
  share === null || share === undefined ? 'n/a' : `${(share * 100).toFixed(2)} %`;

export function printResult(result: EvaluationResult): void {
  const { choice, description, figures, latency, totals, planned, scored, skipped } = result;
  const { meanIou, meanIouAll, pixelAccuracy } = figures;
  const lines = [
    `${description.modelName}, ${choice.backend} on ${description.device}, input ${String(choice.inputSize)}, ${choice.preprocessing}, ${choice.pipeline}`,
    `pictures               ${String(scored)} of ${String(planned)}, ${String(skipped.length)} skipped (${result.state})`,
    `mean IoU               ${percent(meanIou?.value)}  95 % interval ${percent(meanIou?.low)} to ${percent(meanIou?.high)}`,
    `mean IoU, all classes  ${percent(meanIouAll?.value)}  (${String(meanIouAll?.absentPredicted ?? 0)} only predicted, ${String(meanIouAll?.undefinedClasses ?? 0)} n/a)`,
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
