/** The classes that either side sees, as rows of one table. */
import type { LabelAgreement } from '../../../../domain/labels/label-agreement.ts';
import type { LegendEntry } from '../../../../domain/labels/legend.ts';

export interface ClassRow {
  readonly classIndex: number;
  readonly name: string;
  readonly color: string;
  /** Share of the side's pixels, 0..1; 0 where it does not see the class, null where it has seen no frame. */
  readonly browser01: number | null;
  readonly agent01: number | null;
  /** Intersection over union between the sides, 0..1; null where the two cannot be compared. */
  readonly agreement01: number | null;
}

const BACKGROUND = 0;

/** By class index, background last. Sorting by share would make rows jump several times a second. */
export function classRows(
  browser: readonly LegendEntry[],
  agent: readonly LegendEntry[],
  agreement: LabelAgreement | null,
): readonly ClassRow[] {
  const shareIn = (legend: readonly LegendEntry[], index: number) =>
    legend.length === 0 ? null : (legend.find(({ classIndex }) => classIndex === index)?.share01 ?? 0);
  const seen = new Map([...agent, ...browser].map((entry) => [entry.classIndex, entry]));
  const place = (classIndex: number) => (classIndex === BACKGROUND ? Number.MAX_SAFE_INTEGER : classIndex);
  return [...seen.values()]
    .sort((a, b) => place(a.classIndex) - place(b.classIndex))
    .map(({ classIndex, name, color }) => ({
      classIndex,
      name,
      color,
      browser01: shareIn(browser, classIndex),
      agent01: shareIn(agent, classIndex),
      agreement01: agreement?.classes.find((row) => row.classIndex === classIndex)?.agreement01 ?? null,
    }));
}
