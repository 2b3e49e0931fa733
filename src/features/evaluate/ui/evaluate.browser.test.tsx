import { browserSetup } from '../../../domain/setup.ts';
import { expect, onTestFinished, test } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import type { DataSetReport, EvaluationPlan } from '../../../domain/accuracy/evaluation.ts';
import type { EvaluationProgress } from '../evaluation-store.ts';
import { makeEvaluationResult } from '../testing/evaluation-results.ts';
import { showEvaluation } from '../../live/testing/show.tsx';

const REPORT: DataSetReport = {
  name: 'VOC2012',
  layout: 'voc',
  pairs: 41,
  lists: [{ name: 'val', pairs: 40 }],
  skipped: [
    { name: '2007_000063', reason: 'no-mask', sentence: 'There is no mask of this name.' },
    { name: '2007_000068', reason: 'no-mask', sentence: 'There is no mask of this name.' },
  ],
  mapping: null,
};
const PLAN: EvaluationPlan = {
  choices: [browserSetup('segscope-mnv2-257', 257, 'wasm')],
  list: null,
  limit: null,
};
const PROGRESS: EvaluationProgress = {
  plan: PLAN,
  at: 0,
  phase: 'scoring',
  done: 12,
  total: 41,
  progress01: 12 / 41,
  secondsLeft: 8,
  skipped: 1,
  meanIou: 0.6543,
  resultId: null,
  failures: [],
};

/** Names of the files that links save meanwhile; nothing reaches the disk. */
function catchDownloads(): string[] {
  const names: string[] = [];
  const listener = (event: MouseEvent) => {
    if (!(event.target instanceof HTMLAnchorElement) || event.target.download === '') return;
    event.preventDefault();
    names.push(event.target.download);
  };
  document.addEventListener('click', listener, true);
  onTestFinished(() => document.removeEventListener('click', listener, true));
  return names;
}

const showFound = (report: Partial<DataSetReport> = {}) =>
  showEvaluation(({ evaluation }) =>
    evaluation.evaluation.setState({
      dataSet: { kind: 'ready', report: { ...REPORT, ...report } },
      results: { kind: 'ready', results: [] },
    }),
  );

test('an empty page shows in three lines what a VOC folder looks like', async () => {
  await showEvaluation();
  const example = page.getByLabelText('Layout of a VOC folder');
  await expect.element(example).toBeVisible();
  expect(example.element().textContent.split('\n')).toHaveLength(3);
  await expect.element(page.getByRole('button', { name: 'Choose a folder…' })).toBeVisible();
  expect(page.getByRole('heading', { name: 'What to score' }).elements()).toEqual([]);
});

test('a chosen folder reaches the session with all its files', async () => {
  const { evaluationCallsOf } = await showEvaluation();
  const input = page.getByLabelText('Zip in VOC layout');
  await userEvent.upload(input, new File(['PK'], 'voc.zip', { type: 'application/zip' }));
  expect(evaluationCallsOf('openFolder')).toMatchObject([[{ kind: 'zip', file: { name: 'voc.zip' } }]]);
});

test('while a folder is read, its files are counted and reading can be stopped', async () => {
  const { evaluationCallsOf } = await showEvaluation(({ evaluation }) =>
    evaluation.evaluation.setState({ dataSet: { kind: 'reading', name: 'VOC2012', filesSeen: 12_480 } }),
  );
  await expect.element(page.getByText(/Reading VOC2012: 12\s480 files found/)).toBeVisible();
  await page.getByRole('button', { name: 'Stop reading' }).click();
  expect(evaluationCallsOf('closeDataSet')).toHaveLength(1);
});

test('an empty folder and one whose files were all skipped get different messages', async () => {
  const { parts } = await showFound({ pairs: 0, skipped: [], lists: [] });
  await expect.element(page.getByText(/contains no pictures or masks/)).toBeVisible();
  parts.evaluation.evaluation.setState({
    dataSet: { kind: 'ready', report: { ...REPORT, pairs: 0 } },
  });
  await expect.element(page.getByText(/every file was skipped/)).toBeVisible();
});

test('skipped files are listed by reason and can be saved', async () => {
  const names = catchDownloads();
  const { evaluationCallsOf } = await showFound();
  await page.getByText(/2 files skipped/).click();
  await expect.element(page.getByText('2007_000063')).toBeVisible();
  await page.getByRole('button', { name: 'Save the list of skipped files' }).click();
  expect(names).toEqual(['skipped.csv']);
  expect(evaluationCallsOf('exportSkipped')).toEqual([[[]]]);
});

test('a plan is every combination of the selected options and starts with one click', async () => {
  const { evaluationCallsOf } = await showFound();
  await page.getByRole('checkbox', { name: 'webgl' }).click();
  await page.getByRole('checkbox', { name: 'native' }).click();
  await page.getByRole('radio', { name: /val/ }).click();
  await page.getByRole('button', { name: 'Score 4 configurations' }).click();
  const [[plan] = []] = evaluationCallsOf('start') as [EvaluationPlan][];
  expect(plan?.choices).toHaveLength(4);
  expect(plan).toMatchObject({ list: 'val', limit: null });
});

test('nothing can be scored while nothing is selected', async () => {
  await showFound();
  await page.getByRole('checkbox', { name: 'wasm' }).click();
  await expect.element(page.getByRole('button', { name: /^Score 0/ })).toBeDisabled();
  await expect.element(page.getByText('Select at least one of each kind.')).toBeVisible();
});

test('a running evaluation shows picture, time left and mean IoU so far, and can be paused and cancelled', async () => {
  const { parts, evaluationCallsOf } = await showFound();
  const { evaluation } = parts.evaluation;
  evaluation.setState({ evaluation: { kind: 'running', ...PROGRESS } });
  await expect.element(page.getByText(/picture 12 of 41/)).toBeVisible();
  await expect.element(page.getByText('about 8 s left')).toBeVisible();
  await expect.element(page.getByText(/Mean IoU so far 65.43 %, 1 skipped/)).toBeVisible();
  await expect.element(page.getByRole('button', { name: /^Score/ })).toBeDisabled();
  await page.getByRole('button', { name: 'Pause' }).click();
  evaluation.setState({ evaluation: { kind: 'paused', ...PROGRESS } });
  await page.getByRole('button', { name: 'Resume' }).click();
  await page.getByRole('button', { name: 'Cancel' }).click();
  expect(parts.calls.map(([method]) => method)).toEqual(['pause', 'resume', 'cancel']);
  expect(evaluationCallsOf('pause')).toHaveLength(1);
});

test('a cancelled evaluation says what is kept, and a failure names its configuration', async () => {
  const { parts } = await showFound();
  parts.evaluation.evaluation.setState({
    results: { kind: 'ready', results: [makeEvaluationResult({ id: 'a', state: 'partial' })] },
    evaluation: {
      kind: 'done',
      plan: PLAN,
      resultIds: ['a'],
      cancelled: true,
      failures: [{ at: 0, problem: { kind: 'out-of-memory', backend: 'wasm' } }],
    },
  });
  await expect
    .element(page.getByText(/^Cancelled: 0 of 1 configuration scored, .* is kept as a partial result\.$/))
    .toBeVisible();
  await expect
    .element(page.getByRole('list', { name: 'Incomplete configurations' }))
    .toHaveTextContent('Segscope MobileNetV2');
});

test('an unfinished evaluation continues only once its folder is open again', async () => {
  const { parts, evaluationCallsOf } = await showEvaluation(({ evaluation }) =>
    evaluation.evaluation.setState({
      unfinished: { plan: PLAN, dataSetName: 'VOC2012', done: 12, total: 41, dataSetMatches: false },
    }),
  );
  const goOn = page.getByRole('button', { name: 'Continue' });
  await expect.element(goOn).toBeDisabled();
  const { unfinished } = parts.evaluation.evaluation.getState();
  if (unfinished === null) throw new Error('It was set above.');
  parts.evaluation.evaluation.setState({ unfinished: { ...unfinished, dataSetMatches: true } });
  await expect.element(goOn).toBeEnabled();
  await goOn.click();
  expect(evaluationCallsOf('resume')).toHaveLength(1);
});

test("the Evaluate view's drop hint mentions folders, and a dropped mapping reaches the session", async () => {
  const { evaluationCallsOf } = await showEvaluation();
  const transfer = new DataTransfer();
  transfer.items.add(new File(['{"7": 0}'], 'cityscapes.json', { type: 'application/json' }));
  window.dispatchEvent(new DragEvent('dragenter', { dataTransfer: transfer, cancelable: true }));
  await expect.element(page.getByText(/Drop a folder of pictures and masks/)).toBeVisible();
  window.dispatchEvent(new DragEvent('drop', { dataTransfer: transfer, cancelable: true }));
  await expect.poll(() => evaluationCallsOf('chooseMapping')).toMatchObject([[{ name: 'cityscapes.json' }]]);
});

test('a problem of the evaluation appears as one line that can be dismissed', async () => {
  const { evaluationCallsOf } = await showEvaluation(({ evaluation }) =>
    evaluation.evaluation.setState({
      problem: { kind: 'mapping-invalid', fileName: 'map.json', detail: 'not JSON' },
    }),
  );
  await page.getByRole('button', { name: /^Dismiss: .*map.json/ }).click();
  expect(evaluationCallsOf('dismissProblem')).toHaveLength(1);
});
