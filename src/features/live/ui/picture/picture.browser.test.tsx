import { expect, test } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import type { ClassAtPoint } from '../../class-at.ts';
import { liveSnapshot } from '../../testing/live-state.ts';
import { showEmptyPage, showLivePage } from '../../testing/show.tsx';
import type { RecordingSession } from '../../testing/recording-session.ts';

const CAT: ClassAtPoint = { classIndex: 8, name: 'cat', share01: 0.31, color: 'rgb(64 0 0)' };
const probe = page.getByRole('application');
const readout = () => document.querySelector('.probe-readout')?.textContent ?? null;

/** What a painter does: gives the canvas the picture's size. */
function paint(session: RecordingSession, width: number, height: number): HTMLCanvasElement {
  const canvas = session.calls.find(([name]) => name === 'attachCanvas')?.[1];
  if (!(canvas instanceof HTMLCanvasElement)) throw new Error('No canvas was attached.');
  canvas.width = width;
  canvas.height = height;
  return canvas;
}

function point(type: string, x01: number, y01: number, pointerType = 'mouse') {
  const element = probe.element();
  const box = element.getBoundingClientRect();
  const place = { clientX: box.left + x01 * box.width, clientY: box.top + y01 * box.height };
  element.dispatchEvent(new PointerEvent(type, { ...place, pointerType, bubbles: true }));
}

test('attaches the canvas to the session once', async () => {
  const { callsOf } = await showLivePage();
  expect(callsOf('attachCanvas')).toEqual([[document.querySelector('canvas')]]);
});

test('the picture is as large as fits and keeps its aspect ratio, wide or tall', async () => {
  const { session } = await showLivePage();
  for (const [width, height] of [
    [640, 360],
    [300, 800],
  ] as const) {
    const canvas = paint(session, width, height);
    await expect
      .poll(() => canvas.clientWidth / canvas.clientHeight)
      .toSatisfy((aspect: number) => Math.abs(aspect / (width / height) - 1) < 0.02);
    const stage = document.querySelector('.stage');
    const spare = [
      (stage?.clientWidth ?? 0) - canvas.clientWidth,
      (stage?.clientHeight ?? 0) - canvas.clientHeight,
    ];
    expect(Math.abs(Math.min(...spare))).toBeLessThanOrEqual(1);
  }
});

test('the picture is the largest thing on the page', async () => {
  const { session } = await showLivePage();
  const canvas = paint(session, 640, 480);
  await expect.poll(() => canvas.clientWidth * canvas.clientHeight).toBeGreaterThan((1280 * 800) / 3);
});

test('mirroring changes the display of the canvas and nothing else', async () => {
  const { session, callsOf } = await showLivePage();
  const canvas = paint(session, 640, 480);
  await page.getByRole('switch', { name: 'Mirror' }).click();
  await expect.poll(() => getComputedStyle(canvas).transform).toBe('matrix(-1, 0, 0, 1, 0, 0)');
  expect(callsOf('setView')).toEqual([[{ mirror: true }]]);
});

test('the pointer shows class and share at the unmirrored position', async () => {
  const { session } = await showLivePage();
  session.answerClassAt = () => CAT;
  point('pointermove', 0.25, 0.5);
  await expect.poll(readout).toBe('cat 31 %');
  expect(session.lastPoint()?.[0]).toBeCloseTo(0.25, 2);
  session.view.setState({ mirror: true });
  await expect.poll(() => document.querySelector('.mirrored')).not.toBeNull();
  point('pointermove', 0.25, 0.5);
  await expect.poll(() => session.lastPoint()?.[0]).toBeCloseTo(0.75, 2);
  expect(session.lastPoint()?.[1]).toBeCloseTo(0.5, 2);
});

test('a resting pointer never shows an old class', async () => {
  const { session } = await showLivePage();
  session.answerClassAt = () => CAT;
  point('pointermove', 0.5, 0.5);
  await expect.poll(readout).toBe('cat 31 %');
  session.answerClassAt = () => ({ ...CAT, name: 'dog', share01: 0.2 });
  session.timing.setState({ snapshot: liveSnapshot() });
  await expect.poll(readout).toBe('dog 20 %');
});

test('the crosshair leaves with the mouse and stays after a tap', async () => {
  const { session } = await showLivePage();
  session.answerClassAt = () => CAT;
  point('pointermove', 0.5, 0.5);
  await expect.poll(readout).toBe('cat 31 %');
  point('pointerout', 0.5, 0.5);
  await expect.poll(readout).toBeNull();
  point('pointerdown', 0.5, 0.5, 'touch');
  point('pointerout', 0.5, 0.5, 'touch');
  await expect.poll(readout).toBe('cat 31 %');
});

test('arrow keys move the crosshair in screen directions, and screen readers hear the class', async () => {
  const { session } = await showLivePage(({ view }) => view.setState({ mirror: true }));
  session.answerClassAt = () => CAT;
  (probe.element() as HTMLElement).focus();
  await userEvent.keyboard('{ArrowRight}');
  await expect.poll(() => session.lastPoint()).toEqual([0.5, 0.5]);
  await userEvent.keyboard('{ArrowRight}{Shift>}{ArrowDown}{/Shift}');
  await expect.poll(() => session.lastPoint()?.[1]).toBeCloseTo(0.6);
  expect(session.lastPoint()?.[0]).toBeCloseTo(0.49);
  await expect.element(probe.getByRole('status')).toHaveTextContent('cat 31 %');
  await userEvent.keyboard('{Escape}');
  await expect.poll(readout).toBeNull();
});

test('without labels, the crosshair says so', async () => {
  await showLivePage();
  point('pointermove', 0.5, 0.5);
  await expect.poll(readout).toBe('no labels yet');
});

test('the slider sets the opacity between 0 and 1', async () => {
  const { session } = await showLivePage();
  (page.getByRole('slider').element() as HTMLElement).focus();
  await userEvent.keyboard('{ArrowLeft}');
  expect(session.view.getState().opacity01).toBeCloseTo(0.59);
  await userEvent.keyboard('{Home}');
  expect(session.view.getState().opacity01).toBe(0);
  await expect.element(page.getByRole('slider')).toHaveAttribute('aria-valuetext', '0 %');
});

test('the switch turns outlines on and off', async () => {
  const { callsOf } = await showLivePage();
  await page.getByRole('switch', { name: 'Outlines' }).click();
  expect(callsOf('setView')).toEqual([[{ outlines: false }]]);
});

test('a frozen picture says so and offers to resume', async () => {
  const { callsOf } = await showLivePage();
  await page.getByRole('button', { name: 'Freeze' }).click();
  await expect.element(page.getByText('Frozen')).toBeVisible();
  await page.getByRole('button', { name: 'Resume' }).click();
  expect(callsOf('setFrozen')).toEqual([[true], [false]]);
});

test('a legend chip isolates its class, and a second click shows all', async () => {
  const { session } = await showLivePage();
  const cat = page.getByRole('button', { name: 'cat 31 %' });
  await cat.click();
  await expect.element(cat).toHaveAttribute('aria-pressed', 'true');
  expect(session.view.getState().isolatedClass).toBe(8);
  await cat.click();
  expect(session.view.getState().isolatedClass).toBeNull();
});

test('an isolated class can be released after it has left the picture', async () => {
  const { session } = await showLivePage(({ view }) => view.setState({ isolatedClass: 12 }));
  await expect.element(page.getByRole('button', { name: 'dog 0 %' })).toHaveAttribute('aria-pressed', 'true');
  await page.getByRole('button', { name: 'All classes' }).click();
  expect(session.view.getState().isolatedClass).toBeNull();
});

test('before the first frame, the cover shows phase and progress, and no picture', async () => {
  await showEmptyPage(({ session }) =>
    session.setState({
      loading: { kind: 'loading', label: 'Segscope MobileNetV2', phase: 'download', progress01: 0.5 },
    }),
  );
  await expect.element(page.getByText('Preparing the first picture')).toBeVisible();
  await expect
    .element(page.getByRole('listitem').filter({ hasText: /^download/ }))
    .toHaveAttribute('aria-current', 'step');
  await expect.element(page.getByRole('progressbar').first()).toHaveAttribute('aria-valuenow', '50');
  expect(document.querySelector('canvas')?.checkVisibility()).toBe(false);
});

test('a source that fails before the first frame shows the problem and the next step', async () => {
  await showEmptyPage(({ session }) =>
    session.setState({ source: { kind: 'failed', key: 'camera:a', problem: { kind: 'camera-missing' } } }),
  );
  await expect.element(page.getByText('No camera was found.')).toBeVisible();
  await expect.element(page.getByText(/Plug one in/)).toBeVisible();
});

test('the last picture stays when the source fails or the timing window restarts', async () => {
  const { session } = await showLivePage();
  session.session.setState({
    source: { kind: 'failed', key: 'camera:a', problem: { kind: 'camera-ended', label: 'HD Webcam' } },
  });
  session.timing.setState({ snapshot: null, legend: [] });
  await expect.element(page.getByText(/this is the last picture/)).toBeVisible();
  expect(document.querySelector('canvas')?.checkVisibility()).toBe(true);
});
