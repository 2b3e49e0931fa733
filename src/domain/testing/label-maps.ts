/** Small label maps for tests, written as rows of digits. */
import fc from 'fast-check';
import { VOID_LABEL, type LabelMap } from '../labels/label-map.ts';

/** One row per string, one class per digit; "." is void. */
export function labelMapOf(...rows: readonly string[]): LabelMap {
  const labels = rows.flatMap((row) =>
    Array.from(row, (digit) => (digit === '.' ? VOID_LABEL : Number(digit))),
  );
  return { width: rows[0]?.length ?? 0, height: rows.length, labels: Uint8Array.from(labels) };
}

/** Truth (with some void) and prediction of one size. */
export function anyLabelMaps(classes: number) {
  return fc
    .record({ width: fc.integer({ min: 1, max: 9 }), height: fc.integer({ min: 1, max: 9 }) })
    .chain(({ width, height }) => {
      const of = (label: fc.Arbitrary<number>) =>
        fc
          .array(label, { minLength: width * height, maxLength: width * height })
          .map((labels): LabelMap => ({ width, height, labels: Uint8Array.from(labels) }));
      const label = fc.integer({ min: 0, max: classes - 1 });
      return fc.record({ truth: of(fc.oneof(label, fc.constant(VOID_LABEL))), prediction: of(label) });
    });
}
