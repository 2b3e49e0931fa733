/** The pictures behind a result: the worst ones, the ones in a matrix cell, and the differences between two results. */
import type { EvaluationResult, LabelChange, PairedComparison } from '../../domain/accuracy/evaluation.ts';
import { comparePaired } from '../../domain/accuracy/paired-comparison.ts';
import { scorePicture, tallyClasses } from '../../domain/accuracy/picture-counts.ts';
import { ProblemError } from '../../domain/problems/problem.ts';
import type { PicturePair } from '../../evaluation/data-set.ts';
import type { MaskMapping } from '../../evaluation/mask-mapping.ts';
import type { LabRow } from '../../report/lab-csv.ts';
import type { EvaluationSession } from './evaluation-session.types.ts';
import type { EvaluationShelf } from './evaluation-shelf.ts';
import type { pictureViewsOf } from './picture-views.ts';
import type { ExportFile } from '../runs/public.ts';
import { BorderDisplacement } from '../../domain/accuracy/border-displacement.ts';
import { VOID_LABEL, type LabelMap } from '../../domain/labels/label-map.ts';
import { decodeLabelRuns } from '../../protocol/label-runs.ts';
import type { PictureLabels } from './picture-scoring.ts';

interface ResultPictureParts {
  readonly resultOf: (id: string) => EvaluationResult | null;
  readonly shelf: Promise<EvaluationShelf>;
  /** Pairs of the open data set. */
  readonly pairOf: (name: string) => PicturePair | null;
  readonly mapping: () => MaskMapping | null;
  readonly pictureViewsOf: typeof pictureViewsOf;
  readonly exportLab: (rows: readonly LabRow[]) => ExportFile;
}

export type ResultPictures = Pick<
  EvaluationSession,
  'picturesBehind' | 'rankedPictures' | 'pictureViews' | 'compare' | 'labelChange' | 'exportLab'
>;

export function createResultPictures(parts: ResultPictureParts): ResultPictures {
  function existing(id: string): EvaluationResult {
    const result = parts.resultOf(id);
    if (result === null) {
      throw new ProblemError({ kind: 'evaluation-unreadable', what: 'result', detail: 'it is gone' });
    }
    return result;
  }

  async function picturesOf(resultId: string) {
    const result = existing(resultId);
    const shelf = await parts.shelf;
    return {
      result,
      classes: result.description.classNames.length,
      pictures: await shelf.pictures(resultId),
    };
  }

  async function compare(baselineId: string, otherId: string): Promise<PairedComparison | null> {
    const [baseline, other] = await Promise.all([picturesOf(baselineId), picturesOf(otherId)]);
    if (baseline.classes !== other.classes) return null;
    const warnings = [
      ...unlikeTruth(baseline.result, other.result),
      ...unlikePixels(baseline.result, other.result),
      ...leaks(baseline.result, other.result),
    ];
    return comparePaired(baseline.pictures, other.pictures, baseline.classes, warnings);
  }

  async function changeOf(baselineId: string, otherId: string): Promise<LabelChange | null> {
    const [baseline, other] = await Promise.all([picturesOf(baselineId), picturesOf(otherId)]);
    const others = new Set(other.pictures.map(({ name }) => name));
    const common = baseline.pictures.map(({ name }) => name).filter((name) => others.has(name));
    const shelf = await parts.shelf;
    return labelChange(common, (side, name) => shelf.labels(side === 0 ? baselineId : otherId, name));
  }

  return {
    async picturesBehind(resultId, truth, predicted) {
      const { classes, pictures } = await picturesOf(resultId);
      const cell = truth * (classes + 1) + predicted;
      const behind = pictures.flatMap(({ name, counts }) => {
        const at = counts.cells.indexOf(cell);
        return at === -1 ? [] : [{ name, pixels: counts.pixels[at] ?? 0 }];
      });
      const all = behind.reduce((sum, { pixels }) => sum + pixels, 0);
      return behind
        .map((picture) => ({ ...picture, share01: picture.pixels / all }))
        .sort((a, b) => b.pixels - a.pixels || a.name.localeCompare(b.name));
    },
    async rankedPictures(resultId, end, count) {
      const { classes, pictures } = await picturesOf(resultId);
      const sign = end === 'worst' ? 1 : -1;
      return pictures
        .flatMap(({ name, counts }) => {
          const score = scorePicture(tallyClasses(counts, classes));
          return score === null ? [] : [{ name, ...score }];
        })
        .sort((a, b) => sign * (a.meanIou - b.meanIou) || a.name.localeCompare(b.name))
        .slice(0, count);
    },
    async pictureViews(resultId, name) {
      const { description } = existing(resultId);
      const pair = parts.pairOf(name);
      const labels = await (await parts.shelf).labels(resultId, name);
      if (pair === null || labels === null) {
        throw new ProblemError({ kind: 'evaluation-picture-absent', name });
      }
      return parts.pictureViewsOf(pair, labels, description, parts.mapping());
    },
    compare,
    labelChange: changeOf,
    async exportLab(baselineId, otherIds) {
      const rows: LabRow[] = [{ result: existing(baselineId), compared: null, change: null }];
      for (const id of otherIds) {
        const result = existing(id);
        rows.push({
          result,
          compared: await compare(baselineId, id),
          change: await changeOf(baselineId, id),
        });
      }
      return parts.exportLab(rows);
    },
  };
}

/** Pictures with the same name may still be different pictures. */
function unlikeTruth(a: EvaluationResult, b: EvaluationResult): readonly string[] {
  const [left, right] = [a.dataSet, b.dataSet];
  return [
    ...(left.name === right.name ? [] : [`Other data sets: ${left.name} and ${right.name}.`]),
    ...(left.mapping === right.mapping
      ? []
      : [`Other mappings of mask values: ${left.mapping ?? 'none'} and ${right.mapping ?? 'none'}.`]),
  ];
}

/** Only the middle of a cropped picture is scored. */
function unlikePixels(a: EvaluationResult, b: EvaluationResult): readonly string[] {
  const cropped = [a, b].filter(({ setup }) => setup.preprocessing === 'crop');
  return cropped.length === 1
    ? ['Only one of the two was cropped: its mean IoU is that of the middle of the pictures.']
    : [];
}

function leaks(...results: readonly EvaluationResult[]): readonly string[] {
  const notices = results.flatMap(({ leak, description }) =>
    leak === null ? [] : [`${description.modelName}: ${leak}`],
  );
  return [...new Set(notices)];
}

/** More pictures do not change the second digit of any figure, and each one costs two reads from the shelf. */
const MOST_COMPARED = 200;

/**
 * @param names of the pictures that both scored
 * @param labelsOf the saved labels, `side` 0 is the baseline; null: the labels of this picture were not saved
 * @returns null if there is no picture to compare
 */
export async function labelChange(
  names: readonly string[],
  labelsOf: (side: 0 | 1, name: string) => Promise<PictureLabels | null>,
): Promise<LabelChange | null> {
  const borders = new BorderDisplacement();
  let pictures = 0;
  let seen = 0;
  let same = 0;
  for (const name of evenly(names, MOST_COMPARED)) {
    const [baseline, other] = await Promise.all([labelsOf(0, name), labelsOf(1, name)]);
    if (baseline === null || other === null) continue;
    // Pictures with the same name may still be different pictures.
    if (baseline.width !== other.width || baseline.height !== other.height) continue;
    const [a, b] = [unpacked(baseline), unpacked(other)];
    borders.add(a, b);
    for (let i = 0; i < a.labels.length; i++) {
      const [left, right] = [a.labels[i] as number, b.labels[i] as number];
      if (left === VOID_LABEL || right === VOID_LABEL) continue;
      seen++;
      if (left === right) same++;
    }
    pictures++;
  }
  if (pictures === 0) return null;
  return { pictures, agreement01: seen === 0 ? null : same / seen, x: borders.x, y: borders.y };
}

function unpacked({ width, height, runs }: PictureLabels): LabelMap {
  return { width, height, labels: decodeLabelRuns(runs, new Uint8Array(width * height)) };
}

/** At most `most` of them, including the first and the last. */
export function evenly<Item>(items: readonly Item[], most: number): readonly Item[] {
  if (items.length <= most) return items;
  const step = (items.length - 1) / (most - 1);
  return Array.from({ length: most }, (_, i) => items[Math.round(i * step)] as Item);
}
