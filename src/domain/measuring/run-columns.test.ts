import { expect, test } from 'vitest';
import { columnsUnaccounted, COLUMN_NAMES, sumOfColumns } from './run-columns.ts';
import { unaccountedShare } from './stage-timings.ts';
import { inferenceOnly, makeRun } from '../testing/run-record.ts';

const { columns } = makeRun();

test("the unaccounted time equals the live view's, frame by frame", () => {
  const expected = columns.frame.map((frameMs, i) => {
    const at = (stage: keyof typeof columns) => columns[stage][i] ?? NaN;
    const stages = {
      capture: at('capture'),
      encode: at('encode'),
      transport: at('transport'),
      preprocess: at('preprocess'),
      inference: at('inference'),
      postprocess: at('postprocess'),
      paint: at('paint'),
    };
    return unaccountedShare({ stages, frameMs });
  });
  expect(columnsUnaccounted(columns)).toEqual(expected);
});

test('stages that exceed the frame time count as unaccounted too; an empty frame does not', () => {
  const inference = [120, 100, 0];
  expect(columnsUnaccounted(inferenceOnly([100, 100, 0], { inference }))).toEqual([0.2, 0, 0]);
});

test('durations are summed frame by frame', () =>
  expect(sumOfColumns(inferenceOnly([5, 7], { postprocess: [1, 2] }), ['inference', 'postprocess'])).toEqual([
    6, 9,
  ]));

test('every column of a run has a name', () =>
  expect([...COLUMN_NAMES].sort()).toEqual(Object.keys(columns).sort()));
