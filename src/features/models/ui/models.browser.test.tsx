import { expect, test } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import type { ImportState } from '../import-store.ts';
import { ABSENT_MODEL, READY_MODEL } from '../../live/testing/live-state.ts';
import { showLivePage } from '../../live/testing/show.tsx';
import type { RecordingSession } from '../../live/testing/recording-session.ts';

const CONVERTED: Extract<ImportState, { kind: 'converted' }> = {
  kind: 'converted',
  name: 'mine',
  runtime: 'tfjs',
  findings: {
    found: [{ label: 'Architecture', value: 'DeepLab v3' }],
    folded: [{ pass: 'fold batch norm', count: 52 }],
    nodesBefore: 812,
    nodesAfter: 120,
    weightBytes: 8_600_000,
    multiplyAdds: 2.75e9,
    sourceFiles: [{ path: 'mine.pb', bytes: 8_800_000, sha256: 'ab'.repeat(32) }],
  },
  goldenName: 'Chelsea the cat',
  published: { frameMs: 6250, inputSize: 513 },
  storages: [
    {
      weights: 'float32',
      measured: { kind: 'measured', bytes: 8_600_000, agreement01: 1, frameMs: 713 },
    },
    {
      weights: 'float16',
      measured: { kind: 'measured', bytes: 4_300_000, agreement01: 0.9999962, frameMs: 713 },
    },
    { weights: 'uint8', measured: { kind: 'waiting' } },
  ],
  chosen: 'float32',
  checking: true,
  keeping: false,
  keepProblem: null,
};

const dialog = page.getByRole('dialog', { name: 'Models' });
const button = (name: string) => page.getByRole('button', { name, exact: true });

function during(current: ImportState) {
  return ({ imports }: RecordingSession) => imports.store.setState({ current });
}

function drop(...names: string[]) {
  const transfer = new DataTransfer();
  for (const name of names) transfer.items.add(new File(['x'], name));
  window.dispatchEvent(new DragEvent('drop', { dataTransfer: transfer, cancelable: true, bubbles: true }));
}

test('imports a dropped network and opens a dropped picture', async () => {
  const { callsOf } = await showLivePage();
  drop('cat.jpg');
  await expect.poll(() => callsOf('openFile').length).toBe(1);
  expect(callsOf('convert')).toEqual([]);
  drop('model.json', 'group1-shard1of1.bin');
  await expect.poll(() => callsOf('convert').length).toBe(1);
  expect(callsOf('openFile')).toHaveLength(1);
  const [files] = callsOf('convert')[0] as [readonly { readonly path: string }[]];
  expect(files.map(({ path }) => path)).toEqual(['model.json', 'group1-shard1of1.bin']);
  await expect.element(dialog).toBeVisible();
});

test('shows the progress of an import and cancels it', async () => {
  const { callsOf } = await showLivePage(
    during({ kind: 'working', name: 'mine', phase: 'Folding', done01: 0.4 }),
  );
  await button('Importing…').click();
  await expect.element(page.getByRole('progressbar', { name: 'Import of mine' })).toHaveValue(0.4);
  await expect.element(dialog.getByRole('status')).toHaveTextContent('Folding…');
  await button('Cancel').click();
  expect(callsOf('cancel')).toHaveLength(1);
});

test('describes a bad file in one sentence with the next step', async () => {
  await showLivePage(
    during({
      kind: 'failed',
      name: 'notes',
      problem: { kind: 'import-not-a-model', fileName: 'notes.pb', detail: 'it has no nodes' },
    }),
  );
  await button('Models…').click();
  await expect
    .element(dialog.getByRole('alert'))
    .toHaveTextContent(
      '"notes.pb" contains no network that Segscope can read (it has no nodes). Choose a frozen',
    );
});

test('shows what was found, folded and changed, and never rounds a change away', async () => {
  await showLivePage(during(CONVERTED));
  await button('Imported…').click();
  await expect.element(dialog.getByText('DeepLab v3')).toBeVisible();
  await expect.element(dialog.getByText('812 nodes became 120')).toBeVisible();
  await expect.element(dialog.getByText('a frame takes 6250 ms')).toBeVisible();
  const measured = Array.from(
    document.querySelectorAll('[data-testid=measured]'),
    (line) => line.textContent,
  );
  expect(measured).toEqual([
    '100 % of labels unchanged, 713 ms, 8.60 MB',
    '99.999 % of labels unchanged, 713 ms, 4.30 MB',
    'not measured yet',
  ]);
});

test('radio buttons choose the weight storage, by mouse and by arrow key', async () => {
  const { session, callsOf } = await showLivePage(during(CONVERTED));
  await button('Imported…').click();
  await page.getByRole('radio', { name: 'float16, half the size' }).click();
  await expect.poll(() => callsOf('chooseWeights')).toEqual([['float16']]);
  during({ ...CONVERTED, chosen: 'float16' })(session);
  await expect.element(page.getByRole('radio', { name: 'float16, half the size' })).toBeChecked();
  // Held as a finger holds it: Radix chooses on focus, a task later, and only while the key is down.
  await userEvent.keyboard('{ArrowDown>}');
  await expect.poll(() => callsOf('chooseWeights').at(-1)).toEqual(['uint8']);
  await userEvent.keyboard('{/ArrowDown}');
});

test('the dialog closes once the model is saved', async () => {
  const { session, callsOf } = await showLivePage(during(CONVERTED));
  await button('Imported…').click();
  await button('Use this model').click();
  expect(callsOf('use')).toHaveLength(1);
  during({ ...CONVERTED, keeping: true })(session);
  await expect.element(button('Saving…')).toHaveAttribute('aria-disabled', 'true');
  during({ kind: 'idle' })(session);
  await expect.element(dialog).not.toBeInTheDocument();
});

test('a model that does not fit shows the problem and keeps the conversion', async () => {
  await showLivePage(
    during({ ...CONVERTED, checking: false, keepProblem: { kind: 'models-full', megabytes: 9 } }),
  );
  await button('Imported…').click();
  await expect.element(dialog.getByRole('alert')).toHaveTextContent('no space left for this model (9 MB)');
  await expect.element(button('Use this model')).toBeVisible();
});

test('offers no weight storage for a .tflite', async () => {
  await showLivePage(during({ ...CONVERTED, runtime: 'litert', storages: [], checking: false }));
  await button('Imported…').click();
  await expect.element(dialog.getByText('A .tflite runs as it is')).toBeVisible();
  expect(document.querySelector('[role=radio]')).toBeNull();
});

test('lists stored models to delete, with their sizes, and published models to download', async () => {
  const { callsOf } = await showLivePage(({ session }) => {
    const kept = {
      ...READY_MODEL,
      id: 'own-mine',
      name: 'mine',
      kept: { bytes: 12_300_000, pageOnly: false },
    };
    const absent = { ...ABSENT_MODEL, download: { host: 'models.example', bytes: 165_000_000 } };
    session.setState({ catalogue: { kind: 'ready', models: [READY_MODEL, kept, absent] } });
  });
  await button('Models…').click();
  await expect.element(dialog.getByText('12.3 MB in total')).toBeVisible();
  await expect.element(dialog.getByText('from models.example, 165 MB')).toBeVisible();
  await button('Delete mine').click();
  expect(callsOf('remove')).toEqual([['own-mine']]);
  await button(`Download and convert ${ABSENT_MODEL.name}`).click();
  expect(callsOf('download')).toEqual([[ABSENT_MODEL.id]]);
});

test('on a phone, nothing is cut off or scrolls sideways', async () => {
  await showLivePage(during(CONVERTED));
  await page.viewport(360, 640);
  await button('Imported…').click();
  const body = document.querySelector('.dialog-body');
  expect(body?.scrollWidth).toBe(body?.clientWidth);
  expect(document.documentElement.scrollWidth).toBeLessThanOrEqual(360);
});
