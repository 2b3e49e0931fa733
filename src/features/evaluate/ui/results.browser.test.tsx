import { expect, test } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import type { PictureViews } from '../evaluation-session.types.ts';
import type { EvaluationResult, LabelChange, PairedComparison } from '../../../domain/accuracy/evaluation.ts';
import { ProblemError } from '../../../domain/problems/problem.ts';
import { makeEvaluationResult } from '../testing/evaluation-results.ts';
import type { RecordingEvaluation } from '../testing/recording-evaluation.ts';
import { showEvaluation } from '../../live/testing/show.tsx';

const LEAK = 'This checkpoint was trained on VOC trainval: it has seen these pictures.';
const FAST = makeEvaluationResult({ id: 'fast', modelName: 'Fast', segmentMs: 20, meanIou: 0.5 });
const GOOD = makeEvaluationResult({
  id: 'good',
  modelName: 'Good',
  segmentMs: 90,
  leak: LEAK,
  published: { meanIou: 0.7531, split: 'val', protocol: 'single scale', source: 'model zoo' },
});

const showResults = (
  results: readonly EvaluationResult[],
  prepare: (parts: RecordingEvaluation) => void = () => undefined,
) =>
  showEvaluation((parts) => {
    parts.evaluation.evaluation.setState({ results: { kind: 'ready', results } });
    prepare(parts);
  });

const open = (name: string) => page.getByRole('button', { name: new RegExp(`^${name} ·`) }).click();

/** A picture of one pixel; SVG needs no encoder. */
const dot = new Blob(
  ['<svg xmlns="http://www.w3.org/2000/svg" width="4" height="3"><rect width="4" height="3"/></svg>'],
  { type: 'image/svg+xml' },
);
const views = (name: string): PictureViews => ({
  name,
  width: 4,
  height: 3,
  picture: dot,
  prediction: dot,
  truth: dot,
  overlay: dot,
  error: dot,
});

test('the table shows measured and published figures with intervals, and says which checkpoint was trained on the pictures', async () => {
  await showResults([FAST, GOOD]);
  const row = page.getByRole('row', { name: /^Select no. 2/ });
  await expect.element(row).toHaveTextContent('70.00');
  await expect.element(row).toHaveTextContent('65.00 to 75.00');
  await expect.element(row).toHaveTextContent('75.31on val');
  await expect.element(row).toHaveTextContent(LEAK);
});

test('a partial result is labelled as partial', async () => {
  await showResults([makeEvaluationResult({ id: 'p', state: 'partial' })]);
  await expect.element(page.getByText(/partial: not all pictures were scored/)).toBeVisible();
});

test('classes that are in no picture are n/a, not 0', async () => {
  await showResults([FAST]);
  await open('Fast');
  const table = page.getByRole('region', { name: 'Accuracy per class' });
  await expect.element(table.getByRole('row', { name: /aeroplane/ })).toHaveTextContent('n/a');
  await expect.element(table.getByRole('row', { name: /cat/ })).toHaveTextContent('62.50');
  await expect.element(page.getByText(/no scored picture has the class \(18 of 21\)/)).toBeVisible();
});

test('arrow keys move through the heat map, and Enter shows the pictures behind a cell', async () => {
  await showResults([FAST], (parts) => {
    parts.answerCell = () => Promise.resolve([{ name: '2008_001', pixels: 9000, share01: 1 }]);
    parts.answerViews = (name) => Promise.resolve(views(name));
  });
  await open('Fast');
  const grid = page.getByRole('grid', { name: /Confusion matrix/ });
  await grid.getByRole('gridcell', { name: /^background seen as background/ }).click();
  await userEvent.keyboard('{ArrowRight}{ArrowDown}');
  await expect
    .element(grid.getByRole('gridcell', { name: /^aeroplane seen as aeroplane: n\/a/ }))
    .toHaveFocus();
  await grid.getByRole('gridcell', { name: 'cat seen as dog: 23 % of its pixels (9 000)' }).click();
  await userEvent.keyboard('{Enter}');
  await page.getByRole('button', { name: /2008_001 9.000 px/ }).click();
  await expect.element(page.getByRole('img', { name: 'truth of 2008_001' })).toBeVisible();
});

test('a picture whose folder is closed says which folder to open', async () => {
  await showResults([FAST], (parts) => {
    parts.answerRanked = () => Promise.resolve([{ name: 'lost', meanIou: 0.1, pixelAccuracy: 0.4 }]);
    parts.answerViews = (name) =>
      Promise.reject(new ProblemError({ kind: 'evaluation-picture-absent', name }));
  });
  await open('Fast');
  await page
    .getByRole('button', { name: /lost 10.00 % mean IoU/ })
    .first()
    .click();
  await expect.element(page.getByText(/Open the folder that this result was measured on/)).toBeVisible();
});

const COMPARISON: PairedComparison = {
  pictures: 40,
  baseline: 0.5,
  other: 0.7,
  difference: { value: 0.2, low: 0.12, high: 0.27 },
  distinguishable: true,
  verdict: 'The other is better by more than the choice of pictures explains.',
  better: 30,
  equal: 4,
  worse: 6,
  perPicture: [{ name: '2008_001', baseline: 0.1, other: 0.9, difference: 0.8 }],
  warnings: [],
};

test('two selected results are compared picture by picture, with a verdict on noise', async () => {
  await showResults([FAST, GOOD], (parts) => {
    parts.answerComparison = () => Promise.resolve(COMPARISON);
  });
  await page.getByRole('checkbox', { name: /^Select no. 1/ }).click();
  await page.getByRole('checkbox', { name: /^Select no. 2/ }).click();
  await expect.element(page.getByText(COMPARISON.verdict)).toBeVisible();
  await expect.element(page.getByText('+12.00 to +27.00')).toBeVisible();
  await expect
    .element(page.getByRole('region', { name: 'Pictures that differ most' }))
    .toHaveTextContent('+80.00');
});

test('two results without pictures in common say so', async () => {
  await showResults([FAST, GOOD]);
  await page.getByRole('checkbox', { name: /^Select no. 1/ }).click();
  await page.getByRole('checkbox', { name: /^Select no. 2/ }).click();
  await expect.element(page.getByText(/They have no pictures in common/)).toBeVisible();
});

test("the plot lists the Pareto front, fastest first, with the table's numbers", async () => {
  await showResults([
    GOOD,
    FAST,
    makeEvaluationResult({ id: 'beaten', modelName: 'Beaten', segmentMs: 95, meanIou: 0.6 }),
  ]);
  await expect.element(page.getByText(/no. 2 \(20.0 ms, 50.0 %\), no. 1 \(90.0 ms, 70.0 %\)/)).toBeVisible();
});

test('selected results, or all if none is selected, are exported; deleting asks first', async () => {
  const { evaluationCallsOf } = await showResults([FAST, GOOD], (parts) => {
    parts.answerExport = () =>
      Promise.reject(new ProblemError({ kind: 'export-failed', what: 'x', detail: 'y' }));
  });
  await page.getByRole('button', { name: 'Export' }).click();
  await page.getByRole('menuitem', { name: /^CSV/ }).click();
  await expect.element(page.getByText(/could not be written \(y\)/)).toBeVisible();
  expect(evaluationCallsOf('exportResults')).toEqual([[['fast', 'good'], 'csv']]);
  await page.getByRole('checkbox', { name: /^Select no. 2/ }).click();
  await page.getByRole('button', { name: 'Delete…' }).click();
  expect(evaluationCallsOf('removeResults')).toEqual([]);
  await page.getByRole('button', { name: 'Delete', exact: true }).click();
  expect(evaluationCallsOf('removeResults')).toEqual([[['good']]]);
});

const CHANGE: LabelChange = {
  pictures: 40,
  agreement01: 0.9308,
  x: { borders: 900, matched01: 0.8, thirds: [-4.4, -10.04, null], median: -8.7, meanDistance: 8.91 },
  y: { borders: 900, matched01: 0.8, thirds: [0.02, 0.5, 1.24], median: 0.5, meanDistance: 0.9 },
};

test("the lab shows each selected configuration's effect on labels in shares and pixels", async () => {
  const { evaluationCallsOf } = await showResults([FAST, GOOD], (parts) => {
    parts.answerLabelChange = () => Promise.resolve(CHANGE);
  });
  await page.getByRole('checkbox', { name: /^Select no. 2/ }).click();
  expect(page.getByRole('heading', { name: 'Pre-processing lab' }).elements()).toEqual([]);
  await page.getByRole('checkbox', { name: /^Select no. 1/ }).click();
  const table = page.getByRole('region', { name: 'Changes to the labels' });
  const row = table.getByRole('row', { name: /^Fast/ });
  await expect.element(row).toHaveTextContent('93.08');
  const cells = row
    .getByRole('cell')
    .elements()
    .map((cell) => cell.textContent);
  expect(cells.slice(4, 10)).toEqual(['−4.4', '−10.0', '–', '0.0', '+0.5', '+1.2']);
  expect(cells.slice(10)).toEqual(['8.9', '40']);
  await expect.element(table.getByRole('row', { name: /^Good/ })).toHaveTextContent('the baseline');
  await page.getByRole('button', { name: 'Save as CSV' }).first().click();
  expect(evaluationCallsOf('exportLab')).toEqual([['good', ['fast']]]);
});

test('the lab says when configurations have no pictures in common', async () => {
  await showResults([FAST, GOOD]);
  await page.getByRole('checkbox', { name: /^Select no. 1/ }).click();
  await page.getByRole('checkbox', { name: /^Select no. 2/ }).click();
  const table = page.getByRole('region', { name: 'Changes to the labels' });
  await expect.element(table.getByRole('row', { name: /^Good/ })).toHaveTextContent('no pictures in common');
});
