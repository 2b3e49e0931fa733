import { backendOf } from '../../../domain/setup.ts';
import { expect, onTestFinished, test } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { ProblemError } from '../../../domain/problems/problem.ts';
import type { RunRecord } from '../../../domain/measuring/run.ts';
import { HOST, makeAgentRun, makeDoubleRun, makeRun } from '../../../domain/testing/run-record.ts';
import { makeHistory } from '../testing/run-history.ts';
import { showRuns } from '../../live/testing/show.tsx';

const table = page.getByRole('region', { name: 'Table of runs' });
const rowNames = () =>
  table
    .getByRole('rowheader')
    .elements()
    .map((name) => name.textContent);

function showHistory(runs: readonly RunRecord[], selected: readonly string[] = []) {
  return showRuns((recording) => recording.runs.setState({ history: { kind: 'ready', runs }, selected }));
}

const runAt = (runs: readonly RunRecord[], index: number) => runs[index] as RunRecord;

async function openRun(run: RunRecord) {
  await page.getByRole('button', { name: run.name, exact: true }).click();
}

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

test('without runs, the page explains what a run is and offers one', async () => {
  const { runCallsOf } = await showRuns();
  await expect.element(page.getByText(/A run loads one configuration cold/)).toBeVisible();
  await page.getByRole('button', { name: 'Measure the first run' }).click();
  expect(runCallsOf('start')).toHaveLength(1);
});

test('a history that is loading or unreadable says so', async () => {
  const { runs } = await showRuns(({ runs: store }) => store.setState({ history: { kind: 'loading' } }));
  await expect.element(page.getByText('Loading the run history…')).toBeVisible();
  runs.runs.setState({
    history: { kind: 'failed', problem: { kind: 'history-unavailable', detail: 'SecurityError' } },
  });
  await expect.element(page.getByText(/cannot store the history of runs \(SecurityError\)/)).toBeVisible();
});

test('a problem appears as one line that can be dismissed', async () => {
  const { runs, runCallsOf } = await showRuns();
  runs.runs.setState({ problem: { kind: 'history-full' } });
  await expect.element(page.getByText(/no space left to store this run/)).toBeVisible();
  await page.getByRole('button', { name: /^Dismiss/ }).click();
  expect(runCallsOf('dismissProblem')).toHaveLength(1);
});

test('the newest run comes first; clicking a column sorts by it, clicking again reverses the order', async () => {
  const runs = makeHistory(12);
  await showHistory(runs);
  expect(rowNames()).toEqual(runs.map(({ name }) => name));
  const heading = table.getByRole('button', { name: 'frame, ms' });
  await heading.click();
  await expect
    .element(table.getByRole('columnheader', { name: /^frame, ms/ }))
    .toHaveAttribute('aria-sort', 'ascending');
  const ascending = rowNames();
  await heading.click();
  expect(rowNames()[0]).not.toBe(ascending[0]);
  expect(new Set(rowNames())).toEqual(new Set(ascending));
});

test('a long table draws only visible rows, reports its full length, and draws the rest on scrolling', async () => {
  const runs = makeHistory(200, 20);
  await showHistory(runs);
  await expect.element(table.getByRole('table')).toHaveAttribute('aria-rowcount', '201');
  expect(rowNames().length).toBeLessThan(60);
  const { scrollHeight } = table.element();
  table.element().scrollTop = scrollHeight;
  await expect.poll(() => rowNames().at(-1)).toBe(runAt(runs, 199).name);
  expect(rowNames()).not.toContain(runAt(runs, 0).name);
  expect(table.element().scrollHeight).toBe(scrollHeight);
});

test('filters narrow the table', async () => {
  const runs = makeHistory(14);
  await showHistory(runs);
  await page.getByRole('combobox', { name: 'Verdict' }).click();
  await page.getByRole('option', { name: 'invalid' }).click();
  const bad = runs.filter(({ validity }) => !validity.valid);
  expect(rowNames()).toEqual(bad.map(({ name }) => name));
  await expect.element(page.getByText(`${bad.length} of 14 runs shown`, { exact: false })).toBeVisible();
  await page.getByRole('combobox', { name: 'Backend' }).click();
  await page.getByRole('option', { name: 'webgpu' }).click();
  expect(rowNames()).toEqual(
    bad.filter(({ setup }) => backendOf(setup) === 'webgpu').map(({ name }) => name),
  );
});

test('the row of an invalid run names the checks that failed', async () => {
  await showHistory(makeHistory(9));
  await expect.element(table.getByText('invalid: tab was hidden')).toBeVisible();
  await expect.element(table.getByText('invalid: drifted')).toBeInTheDocument();
});

test('medians show their bootstrap interval', async () => {
  await showHistory(makeHistory(1));
  await expect.element(table.getByRole('row').nth(1)).toHaveTextContent(/\d–\d/);
});

test('runs are selected one by one, or all shown runs at once', async () => {
  const runs = makeHistory(3);
  const { runs: recording } = await showHistory(runs);
  const selected = () => recording.runs.getState().selected;
  await page.getByRole('checkbox', { name: `Select ${runAt(runs, 2).name}` }).click();
  await page.getByRole('checkbox', { name: `Select ${runAt(runs, 0).name}` }).click();
  expect(selected()).toEqual([runAt(runs, 2).id, runAt(runs, 0).id]);
  const all = page.getByRole('checkbox', { name: 'Select all shown' });
  await expect.element(all).toBePartiallyChecked();
  await all.click();
  expect(selected()).toHaveLength(3);
  await all.click();
  expect(selected()).toEqual([]);
});

test('selected runs are exported in selection order, and the files are saved', async () => {
  const names = catchDownloads();
  const runs = makeHistory(3);
  const { runs: recording, runCallsOf } = await showHistory(runs, [runAt(runs, 2).id, runAt(runs, 0).id]);
  recording.answerExport = () =>
    Promise.resolve(['a.svg', 'b.svg'].map((fileName) => ({ fileName, blob: new Blob(['x']) })));
  await page.getByRole('button', { name: 'Export' }).click();
  await page.getByRole('menuitem', { name: /^SVG/ }).click();
  await expect.element(page.getByRole('link', { name: 'b.svg' })).toBeVisible();
  expect(names).toEqual(['a.svg', 'b.svg']);
  expect(runCallsOf('exportRuns')).toEqual([[[runAt(runs, 2), runAt(runs, 0)], 'svg']]);
});

test('a failed export is reported in one line', async () => {
  const runs = makeHistory(1);
  const { runs: recording } = await showHistory(runs, [runAt(runs, 0).id]);
  recording.answerExport = () =>
    Promise.reject(new ProblemError({ kind: 'export-failed', what: 'report bundle', detail: 'no room' }));
  await page.getByRole('button', { name: 'Export' }).click();
  await page.getByRole('menuitem', { name: /^Report bundle/ }).click();
  await expect.element(page.getByText('The report bundle could not be written (no room).')).toBeVisible();
});

test('without a selection there is nothing to export or delete', async () => {
  await showHistory(makeHistory(1));
  await expect.element(page.getByRole('button', { name: 'Export' })).toBeDisabled();
  await expect.element(page.getByRole('button', { name: 'Delete…' })).toBeDisabled();
});

test('runs are imported from a picked or dropped file', async () => {
  const { runCallsOf, callsOf } = await showRuns();
  const file = new File(['{}'], 'runs.json', { type: 'application/json' });
  const input = document.querySelector<HTMLInputElement>('input[accept*=json]');
  if (input === null) throw new Error('There is no file input.');
  await userEvent.upload(input, file);
  const dataTransfer = new DataTransfer();
  dataTransfer.items.add(file);
  document.body.dispatchEvent(new DragEvent('drop', { dataTransfer, bubbles: true, cancelable: true }));
  await expect.poll(() => runCallsOf('importFile')).toHaveLength(2);
  expect(callsOf('openFile')).toEqual([]);
});

test('deleting asks first', async () => {
  const runs = makeHistory(2);
  const { runCallsOf } = await showHistory(runs, [runAt(runs, 1).id]);
  await page.getByRole('button', { name: 'Delete…' }).click();
  await page.getByRole('button', { name: 'Keep' }).click();
  expect(runCallsOf('remove')).toEqual([]);
  await page.getByRole('button', { name: 'Delete…' }).click();
  await page.getByRole('alertdialog').getByRole('button', { name: 'Delete' }).click();
  expect(runCallsOf('remove')).toEqual([[[runAt(runs, 1).id]]]);
});

test("clicking a run's name opens its verdict, all statistics and full checksums", async () => {
  const runs = makeHistory(9);
  await showHistory(runs);
  await openRun(runAt(runs, 6));
  await expect.element(page.getByRole('heading', { name: runAt(runs, 6).name })).toHaveFocus();
  await expect.element(page.getByText('Invalid: 1 of 7 checks failed')).toBeInTheDocument();
  await expect.element(page.getByText('The tab was hidden once.')).toBeInTheDocument();
  const stages = page.getByRole('region', { name: 'Stages of the run' });
  for (const name of ['n', 'median', 'p95', 'max_1', 'max_2'])
    await expect.element(stages.getByRole('columnheader', { name, exact: true })).toBeInTheDocument();
  await expect.element(page.getByText('ab'.repeat(32))).toBeInTheDocument();
  await expect.element(page.getByText(/^Slope .* ms per 1,000 frames/)).toBeInTheDocument();
  await expect.poll(() => document.querySelector('.drift-trend path')?.getAttribute('d') ?? '').toMatch(/^M/);
  await page.getByRole('button', { name: 'Close the details' }).click();
  await expect.element(stages).not.toBeInTheDocument();
});

test('a run can be repeated, but not while another one is measured', async () => {
  const runs = makeHistory(1);
  const { runs: recording, runCallsOf } = await showHistory(runs);
  await openRun(runAt(runs, 0));
  const again = page.getByRole('button', { name: 'Run again' });
  await again.click();
  expect(runCallsOf('rerun')).toEqual([[runAt(runs, 0).id]]);
  const plan = {
    choices: [runAt(runs, 0)],
    target: runAt(runs, 0).target,
    replayFrames: 0,
    replaySourceKey: null,
  };
  recording.runs.setState({
    progress: {
      kind: 'running',
      plan,
      at: 0,
      phase: 'loading',
      progress01: 0,
      secondsLeft: null,
      failures: [],
    },
  });
  await expect.element(again).toBeDisabled();
});

test('name and notes are saved on blur; an empty name is never saved', async () => {
  const runs = makeHistory(1);
  const { runCallsOf } = await showHistory(runs);
  const { id, name } = runAt(runs, 0);
  await openRun(runAt(runs, 0));
  const field = page.getByRole('textbox', { name: 'Name' });
  await field.fill('  ');
  await userEvent.tab();
  await expect.element(field).toHaveValue(name);
  await field.fill('on the old laptop');
  await userEvent.keyboard('{Enter}');
  await page.getByRole('textbox', { name: 'Notes' }).fill('fan was loud');
  await userEvent.tab();
  expect(runCallsOf('rename')).toEqual([
    [id, { name: 'on the old laptop' }],
    [id, { notes: 'fan was loud' }],
  ]);
});

test('published figures appear with ratio, source and warnings', async () => {
  const runs = makeHistory(3);
  await showHistory(runs);
  await openRun(runAt(runs, 2));
  const published = page.getByRole('region', { name: 'Published figures', exact: true });
  await expect.element(published.getByText(/coral\.ai/).first()).toBeInTheDocument();
  await expect.element(published.getByText(/warning/).first()).toBeInTheDocument();
  await expect.element(page.getByText(/mean IoU 70\.19 %/)).toBeInTheDocument();
});

test('two selected runs are compared, with warnings where they differ, and can be swapped', async () => {
  const runs = makeHistory(3);
  const { runs: recording } = await showHistory(runs, [runAt(runs, 0).id, runAt(runs, 1).id]);
  const comparison = page.getByRole('region', { name: 'Comparison', exact: true });
  await expect.element(comparison).toHaveTextContent(/ms faster, more than noise/);
  await expect
    .element(comparison.getByRole('list', { name: 'Warnings' }))
    .toHaveTextContent('Other backend: wasm and webgl.');
  await comparison.getByRole('button', { name: 'Swap' }).click();
  await expect.element(comparison).toHaveTextContent(/ms slower, more than noise/);
  recording.select([runAt(runs, 0).id]);
  await expect.element(comparison).not.toBeInTheDocument();
});

test('two similar runs with overlapping intervals are within noise', async () => {
  const [first] = makeHistory(1);
  if (first === undefined) throw new Error('There is no run.');
  const twin = { ...first, id: 'twin', name: 'twin' };
  await showHistory([first, twin], [first.id, twin.id]);
  await expect
    .element(page.getByRole('region', { name: 'Comparison', exact: true }))
    .toHaveTextContent('which is within noise');
});

test('a run on a test double says so in its row and is compared with nothing', async () => {
  const double = makeDoubleRun({ seed: 1, name: 'mine' });
  const other = makeRun({ seed: 2, name: 'in the browser' });
  await showHistory([double, other], [double.id, other.id]);
  await expect.element(table.getByRole('row', { name: /mine/ })).toHaveTextContent('tflite, TEST DOUBLE');
  await expect
    .element(page.getByRole('list', { name: 'Warnings' }))
    .toHaveTextContent('Not compared: "mine" ran on a TEST DOUBLE');
  await expect.element(page.getByText('These runs are not compared.', { exact: false })).toBeInTheDocument();
  await openRun(double);
  await expect
    .element(page.getByText('Times of a TEST DOUBLE mean nothing', { exact: false }))
    .toBeInTheDocument();
});

test("a run on an agent shows its machine's temperature and clock, and warns against quoting a throttled run", async () => {
  const throttling = { during: ['throttled'], sinceBoot: ['under-voltage', 'throttled'] } as const;
  const hot = makeAgentRun({ name: 'hot', codec: 'jpeg85', host: { ...HOST, throttling } });
  const silent = makeAgentRun({ name: 'silent', seed: 2, host: null });
  await showHistory([hot, silent]);
  await expect.element(table.getByText('invalid: throttled during the run, do not quote')).toBeVisible();
  await expect.element(table.getByText('tflite, CPU, JPEG 85')).toBeVisible();
  await openRun(hot);
  const machine = page.getByRole('region', { name: "The agent's machine during the run" });
  await expect.element(machine).toHaveTextContent('51.1 to 54.0 °C, median 52.6 (cpu-thermal)');
  await expect.element(machine).toHaveTextContent(/1.500 to 1.800 MHz/);
  await expect
    .element(machine)
    .toHaveTextContent('during the run: throttled; since boot: under-voltage, throttled');
  await openRun(silent);
  await expect.element(page.getByText('No readings arrived during this run.')).toBeVisible();
});

test("a run on an agent shows its machine, and the thesis's Raspberry Pi with and without Edge TPU", async () => {
  const run = makeAgentRun({ name: 'on the Pi' });
  await showHistory([run]);
  await openRun(run);
  await expect
    .poll(() => document.body.textContent)
    .toContain('Raspberry Pi 4 Model B Rev 1.4, Linux 6.6 arm64, 4 cores');
  const published = page
    .getByRole('region', { name: 'Published figures', exact: true })
    .element().textContent;
  expect(published).toContain('with Coral USB Accelerator');
  expect(published).toContain('Raspberry Pi 4 Model B 8 GB, Ubuntu 20.04');
});
