/** Which rows of a long table are in sight: drawing all 200 at once took six times as long here. */
import { useEffect, useState } from 'react';

interface Box {
  /** First row in sight. */
  readonly top: number;
  /** Rows that fit. */
  readonly rows: number;
  readonly rowPx: number;
}

export interface RowWindow {
  readonly first: number;
  /** Exclusive. */
  readonly end: number;
  readonly rowPx: number;
  /** Of the element that scrolls. */
  readonly ref: (region: HTMLElement | null) => void;
}

/** Drawn beyond either edge, so that scrolling and the tab key always find a next row. */
const BEYOND = 8;

/** All rows must be equally high; the first row with a row header tells how high. */
export function useRowWindow(count: number): RowWindow {
  const [region, setRegion] = useState<HTMLElement | null>(null);
  const [box, setBox] = useState<Box>({ top: 0, rows: 24, rowPx: 27 });
  useEffect(() => {
    if (region === null) return;
    const measure = () =>
      setBox((before) => {
        // A view that is not shown has no height, and nothing to say about its rows.
        const rowPx =
          region.querySelector<HTMLElement>('tr:has(> th[scope=row])')?.offsetHeight || before.rowPx;
        const top = Math.floor(region.scrollTop / rowPx);
        const rows = Math.ceil(region.clientHeight / rowPx);
        const same = before.top === top && before.rows === rows && before.rowPx === rowPx;
        return same ? before : { top, rows, rowPx };
      });
    const resized = new ResizeObserver(measure);
    resized.observe(region);
    region.addEventListener('scroll', measure, { passive: true });
    return () => {
      resized.disconnect();
      region.removeEventListener('scroll', measure);
    };
  }, [region]);
  const first = Math.max(0, Math.min(box.top - BEYOND, count - box.rows - BEYOND));
  const end = Math.min(count, box.top + box.rows + BEYOND);
  return { first, end, rowPx: box.rowPx, ref: setRegion };
}
