import { expect, onTestFinished, test } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import type { Screenshot, ScreenshotFile } from '../screenshot.ts';
import { ProblemError } from '../../../domain/problems/problem.ts';
import { showLivePage } from '../testing/show.tsx';

const png = (title: string): ScreenshotFile => ({
  title,
  fileName: `segscope_${title.replace(' ', '-')}.png`,
  blob: new Blob([title], { type: 'image/png' }),
});
const SCREENSHOT: Screenshot = {
  report: png('report picture'),
  labelMap: png('label map'),
  overlay: png('overlay'),
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

function transferOf(...files: File[]): DataTransfer {
  const transfer = new DataTransfer();
  for (const file of files) transfer.items.add(file);
  return transfer;
}

const PICTURE = () => new File(['x'], 'cat.png', { type: 'image/png' });

test('space freezes and resumes, o toggles outlines, m toggles the mirror', async () => {
  const { callsOf } = await showLivePage();
  await userEvent.keyboard('   om');
  expect(callsOf('setFrozen')).toEqual([[true], [false], [true]]);
  expect(callsOf('setView')).toEqual([[{ outlines: false }], [{ mirror: true }]]);
});

test('? opens the help, and shortcuts are off while it is open', async () => {
  const { callsOf } = await showLivePage();
  await userEvent.keyboard('?');
  await expect.element(page.getByRole('dialog', { name: 'Help' })).toBeVisible();
  await userEvent.keyboard('om');
  expect(callsOf('setView')).toEqual([]);
});

test('space on a button only presses that button', async () => {
  const { callsOf } = await showLivePage();
  (page.getByRole('switch', { name: 'Outlines' }).element() as HTMLElement).focus();
  await userEvent.keyboard(' ');
  expect(callsOf('setView')).toEqual([[{ outlines: false }]]);
  expect(callsOf('setFrozen')).toEqual([]);
});

test('letters typed in a list search the list', async () => {
  const { callsOf } = await showLivePage();
  (page.getByRole('combobox', { name: 'Pipeline' }).element() as HTMLElement).focus();
  await userEvent.keyboard('o');
  expect(callsOf('setView')).toEqual([]);
});

test('leaves keys pressed with Ctrl to the browser', async () => {
  const { callsOf } = await showLivePage();
  window.dispatchEvent(new KeyboardEvent('keydown', { key: 'o', ctrlKey: true }));
  expect(callsOf('setView')).toEqual([]);
});

test('dragging a file over the page shows a hint, and dropping opens the file', async () => {
  const { callsOf } = await showLivePage();
  const hint = page.getByText(/Drop to open/);
  const drag = (type: string) =>
    document.body.dispatchEvent(
      new DragEvent(type, { dataTransfer: transferOf(PICTURE()), bubbles: true, cancelable: true }),
    );
  drag('dragenter');
  await expect.element(hint).toBeVisible();
  expect(drag('dragover')).toBe(false);
  drag('dragleave');
  await expect.element(hint).not.toBeInTheDocument();
  drag('dragover');
  expect(drag('drop')).toBe(false);
  await expect.element(hint).not.toBeInTheDocument();
  expect(callsOf('openFile').map(([file]) => (file as File).name)).toEqual(['cat.png']);
});

test('ignores text dragged over the page', async () => {
  const { callsOf } = await showLivePage();
  const dataTransfer = new DataTransfer();
  dataTransfer.setData('text/plain', 'hello');
  const event = new DragEvent('dragover', { dataTransfer, bubbles: true, cancelable: true });
  expect(document.body.dispatchEvent(event)).toBe(true);
  await expect.element(page.getByText(/Drop to open/)).not.toBeInTheDocument();
  expect(callsOf('openFile')).toEqual([]);
});

test('opens a pasted picture and ignores pasted text', async () => {
  const { callsOf } = await showLivePage();
  const paste = (clipboardData: DataTransfer) =>
    document.body.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true }));
  paste(new DataTransfer());
  paste(transferOf(PICTURE()));
  await expect.poll(() => callsOf('openFile').map(([file]) => (file as File).name)).toEqual(['cat.png']);
});

test('a screenshot saves the report immediately and offers all three files', async () => {
  const names = catchDownloads();
  await showLivePage((session) => {
    session.answerScreenshot = () => Promise.resolve(SCREENSHOT);
  });
  await page.getByRole('button', { name: 'Screenshot' }).click();
  await expect.element(page.getByRole('img', { name: 'Preview of the report picture' })).toBeInTheDocument();
  expect(names).toEqual(['segscope_report-picture.png']);
  for (const title of ['report picture', 'label map', 'overlay'])
    await page.getByRole('link', { name: `Save ${title}` }).click();
  expect(names.slice(1)).toEqual([
    'segscope_report-picture.png',
    'segscope_label-map.png',
    'segscope_overlay.png',
  ]);
});

test('the s key takes one screenshot at a time', async () => {
  const { callsOf } = await showLivePage((session) => {
    session.answerScreenshot = () => new Promise(() => undefined);
  });
  await userEvent.keyboard('ss');
  expect(callsOf('screenshot')).toHaveLength(1);
});

test('a failed screenshot shows one line, and the next one works', async () => {
  const names = catchDownloads();
  const { session } = await showLivePage((recording) => {
    recording.answerScreenshot = () =>
      Promise.reject(new ProblemError({ kind: 'screenshot-failed', detail: 'no frame yet' }));
  });
  const button = page.getByRole('button', { name: 'Screenshot', exact: true });
  await button.click();
  await expect
    .element(page.getByRole('dialog').getByRole('alert'))
    .toHaveTextContent(
      'The screenshot could not be made (no frame yet). Wait for the next frame and try again.',
    );
  await page.getByRole('button', { name: 'Close screenshot' }).click();
  await expect.element(button).toHaveFocus();
  session.answerScreenshot = () => Promise.resolve(SCREENSHOT);
  await button.click();
  await expect.element(page.getByRole('link', { name: 'Save overlay' })).toBeVisible();
  expect(names).toHaveLength(1);
});

test('closing the popover releases the files of the screenshot', async () => {
  catchDownloads();
  await showLivePage((session) => {
    session.answerScreenshot = () => Promise.resolve(SCREENSHOT);
  });
  await userEvent.keyboard('s');
  const link = page.getByRole('link', { name: 'Save overlay' });
  await expect.element(link).toBeVisible();
  const { href } = link.element() as HTMLAnchorElement;
  expect((await fetch(href)).ok).toBe(true);
  await userEvent.keyboard('{Escape}');
  await expect.element(link).not.toBeInTheDocument();
  await expect(fetch(href)).rejects.toThrow();
});

test('problems are alerts and news are statuses, each with a next step, until dismissed', async () => {
  const { session, callsOf } = await showLivePage();
  session.session.setState({
    notices: [
      { id: 7, tone: 'info', sentence: 'The page started on a sample.', nextStep: 'Choose another source.' },
      { id: 8, tone: 'problem', sentence: 'No camera was found.', nextStep: 'Plug one in.' },
    ],
  });
  const notices = page.getByRole('contentinfo');
  await expect.element(notices.getByRole('alert')).toHaveTextContent('No camera was found. Plug one in.');
  await expect
    .element(notices.getByRole('status'))
    .toHaveTextContent('The page started on a sample. Choose another source.');
  await page.getByRole('button', { name: 'Dismiss: No camera was found.' }).click();
  expect(callsOf('dismissNotice')).toEqual([[8]]);
});

test('animates nothing when the user prefers reduced motion', async () => {
  await showLivePage();
  const rules = [...document.styleSheets].flatMap((sheet) => [...sheet.cssRules]);
  const reduced = rules.filter(
    (rule): rule is CSSMediaRule =>
      rule instanceof CSSMediaRule && rule.conditionText.includes('prefers-reduced-motion'),
  );
  expect(reduced.map((rule) => rule.cssText).join()).toMatch(/animation: [^;]*none[^;]*!important/);
});

test('updating the numbers moves nothing on the page', async () => {
  const { session } = await showLivePage();
  await expect.poll(() => document.querySelectorAll('.chart-stage').length).toBe(7);
  const boxes = () =>
    [
      ...document.querySelectorAll(
        '[data-testid=rates] > *, .chart, .stage-table, .panel-part, [aria-label="Classes in the picture"]',
      ),
    ].map((element) => {
      const { left, top, width, height } = element.getBoundingClientRect();
      return [left, top, width, height];
    });
  const before = boxes();
  const { snapshot, legend } = session.timing.getState();
  if (snapshot === null) throw new Error('The live page has a snapshot.');
  session.timing.setState({
    snapshot: {
      ...snapshot,
      rows: snapshot.rows.map((row) => ({ ...row, last: row.last * 97, max: row.max * 97 })),
      rates: { framesPerSecond: 0.31, modelPerSecond: 1204, sourcePerSecond: null, skipped: 98_765 },
    },
    legend: legend.map((entry) => ({ ...entry, share01: entry.share01 / 3 })),
  });
  await expect.element(page.getByText('98\u2009765')).toBeInTheDocument();
  expect(boxes()).toEqual(before);
});
