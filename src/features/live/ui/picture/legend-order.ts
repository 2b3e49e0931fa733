/** In which order the classes of the picture stand in the legend. */
import type { LegendEntry } from '../../../../domain/labels/legend.ts';

const BACKGROUND = 0;

/**
 * By class index with the background last, not by share: shares change four times a second, and chips that trade
 * places cannot be clicked. An isolated class keeps its chip (share 0) when it leaves the picture.
 */
export function legendOrder(
  entries: readonly LegendEntry[],
  isolated: Omit<LegendEntry, 'share01'> | null,
): readonly LegendEntry[] {
  const missing =
    isolated !== null && !entries.some((entry) => entry.classIndex === isolated.classIndex)
      ? [{ ...isolated, share01: 0 }]
      : [];
  const place = ({ classIndex }: LegendEntry) =>
    classIndex === BACKGROUND ? Number.MAX_SAFE_INTEGER : classIndex;
  return [...entries, ...missing].sort((a, b) => place(a) - place(b));
}
