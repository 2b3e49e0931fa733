/** The classes in the picture with their shares; a click shows one class alone. */
import { memo } from 'react';
import { colormapOf, cssColor } from '../../../../domain/labels/colormap.ts';
import { formatShare } from '../../../../domain/quantity.ts';
import type { LegendEntry } from '../../../../domain/labels/legend.ts';
import { useSession, useSessionState, useTiming, useView } from '../session-context.ts';
import styles from '../live.module.css';

export const Legend = memo(function Legend() {
  const session = useSession();
  const entries = useTiming((state) => state.legend);
  const isolatedClass = useView((view) => view.isolatedClass);
  const description = useSessionState((state) =>
    state.engine.kind === 'running' ? state.engine.description : null,
  );
  const black = [0, 0, 0] as const;
  const isolated =
    isolatedClass === null
      ? null
      : {
          classIndex: isolatedClass,
          name: description?.classNames[isolatedClass] ?? `class ${isolatedClass}`,
          color: cssColor(colormapOf(description?.classList ?? null)[isolatedClass] ?? black),
        };
  return (
    <div className={styles.legend}>
      <ul className={styles.legendChips} aria-label="Classes in the picture">
        {legendOrder(entries, isolated).map(({ classIndex, name, share01, color }) => (
          <li key={classIndex}>
            <button
              type="button"
              className="chip"
              aria-pressed={classIndex === isolatedClass}
              title={classIndex === isolatedClass ? 'Show all classes' : `Show only ${name}`}
              onClick={() =>
                session.setView({ isolatedClass: classIndex === isolatedClass ? null : classIndex })
              }
            >
              <span className="swatch" style={{ background: color }} />
              <span className="chip-name">{name}</span>{' '}
              <span className="chip-share">{formatShare(share01)}</span>
            </button>
          </li>
        ))}
      </ul>
      <button
        type="button"
        className="chip chip-all"
        disabled={isolatedClass === null}
        onClick={() => session.setView({ isolatedClass: null })}
      >
        All classes
      </button>
    </div>
  );
});

const BACKGROUND = 0;

/**
 * By class index with the background last, not by share: shares change four times a second, and nobody can click a chip
 * that moves. An isolated class keeps its chip (share 0) when it leaves the picture.
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
