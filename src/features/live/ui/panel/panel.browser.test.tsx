import { expect, test } from 'vitest';
import { page } from 'vitest/browser';
import { STAGES } from '../../../../domain/measuring/stage-timings.ts';
import { LIVE_SESSION_STATE, liveFrames, liveSnapshot } from '../../testing/live-state.ts';
import { showEmptyPage, showLivePage } from '../../testing/show.tsx';

const panel = page.getByRole('region', { name: 'Measurements' });
const stageRow = (name: string) => page.getByRole('row', { name: new RegExp(`^${name}`) });
const definition = (term: string) =>
  [...document.querySelectorAll('.panel dt')].find((dt) => dt.textContent.trim() === term)?.nextElementSibling
    ?.textContent;

test('shows the three rates and the skipped pictures under their exact names', async () => {
  await showLivePage();
  expect(definition('frames/s end to end')).toBe('17.9');
  expect(definition('model rate 1000 / median inference')).toBe('21.1');
  expect(definition('source pictures/s')).toBe('30.0');
  expect(definition('skipped source pictures')).toBe('1\u2009234');
});

test('nothing on the page is called FPS', async () => {
  await showLivePage();
  expect(document.body.textContent).not.toMatch(/fps/i);
});

test('before the first frame, every number is unknown and none is 0', async () => {
  await showEmptyPage();
  const cells = [...document.querySelectorAll('[data-testid=rates] dd, .stage-table td, .facts-row dd')];
  expect(cells.length).toBeGreaterThan(80);
  expect(new Set(cells.map((cell) => cell.textContent))).toEqual(new Set(['–', 'not measured yet']));
});

test('the table has one row per stage with all statistics, waiting under capture, the frame last', async () => {
  await showLivePage();
  const table = page.getByRole('table', { name: 'Milliseconds per stage' });
  const headers = [...table.element().querySelectorAll('thead th')].map((th) => th.textContent);
  expect(headers).toEqual(['stage', 'n', 'last', 'min', 'median', 'mean', 'p90', 'p95', 'p99', 'max']);
  const rows = [...table.element().querySelectorAll('tbody th')].map((th) => th.textContent);
  expect(rows).toEqual(['capture', 'of which waiting', ...STAGES.slice(1), 'frame']);
  await expect
    .element(stageRow('inference'))
    .toHaveTextContent(/^inference12047\.837\.847\.348\.256\.861\.575\.794\.6$/);
});

test('a stage has the same colour in the table and in the chart', async () => {
  await showLivePage();
  await expect.poll(() => document.querySelectorAll('.chart-stage').length).toBe(STAGES.length);
  STAGES.forEach((stage, index) => {
    const path = document.querySelectorAll('.chart-stage')[index];
    const key = document.querySelector(`.row-${stage} .stage-key`);
    if (path === undefined || key === null) throw new Error(`${stage} is missing.`);
    expect(getComputedStyle(path).fill).toBe(getComputedStyle(key).backgroundColor);
  });
});

test('the chart has a scale in ms, one column per frame and a line at every interruption', async () => {
  await showLivePage();
  await expect.poll(() => document.querySelectorAll('.chart-gap').length).toBe(1);
  const ticks = [...document.querySelectorAll('.chart .recharts-cartesian-axis-tick-value')];
  expect(ticks.map((tick) => tick.textContent)).toEqual(['0', '40.0', '80.0']);
  const inference = document.querySelectorAll('.chart-stage')[STAGES.indexOf('inference')];
  expect(inference?.getAttribute('d')?.match(/H/g)).toHaveLength(240);
});

test('the chart follows the store', async () => {
  const { session } = await showLivePage();
  const shape = () =>
    document.querySelectorAll('.chart-stage')[STAGES.indexOf('inference')]?.getAttribute('d');
  await expect.poll(shape).toBeTruthy();
  const before = shape();
  session.timing.setState({ snapshot: liveSnapshot({ recent: liveFrames(120, 500) }) });
  await expect.poll(shape).not.toBe(before);
});

test('screen readers get the chart as one sentence', async () => {
  await showLivePage();
  await expect
    .element(
      page.getByRole('img', { name: /^Median frame 54\.8 ms; inference takes longest, 47\.3 ms \(86 %\)/ }),
    )
    .toBeVisible();
});

test('warns only when the stages do not add up to the frame time', async () => {
  const { session } = await showLivePage();
  await expect.element(page.getByText(/do not add up/)).not.toBeInTheDocument();
  session.timing.setState({ snapshot: liveSnapshot({ unaccounted01: 0.07 }) });
  await expect.element(page.getByText(/The stages do not add up: 7\.0 %/)).toBeInTheDocument();
});

test('cold-start numbers are separate, and marked as upper bounds when another model was running', async () => {
  const { session } = await showLivePage();
  expect(['start', 'download', 'parse', 'first inference'].map(definition)).toEqual([
    '61.0 ms',
    '118 ms',
    '43.4 ms',
    '96.2 ms',
  ]);
  const { engine } = LIVE_SESSION_STATE;
  if (engine?.kind !== 'running') throw new Error('The live state has a running engine.');
  session.session.setState({ engine: { ...engine, cold: { ...engine.cold, contended: true } } });
  await expect.element(page.getByText(/Measured while another model was running/)).toBeInTheDocument();
});

test('shows memory as tensors, bytes and a verdict in words', async () => {
  const { session } = await showLivePage();
  expect(['tensors', 'bytes', 'verdict'].map(definition)).toEqual(['312', '8.61 MB', 'steady, no leak']);
  session.timing.setState({
    snapshot: liveSnapshot({ memory: { tensors: 400, bytes: 9e6, tensorsGrown: 88, verdict: 'growing' } }),
  });
  await expect.poll(() => definition('verdict')).toBe('growing, 88 more tensors than after loading');
  await expect.element(panel).not.toHaveTextContent('does not report what its network uses');
});

test('says that LiteRT.js does not report its memory, so that 0 tensors are not read as 0 bytes', async () => {
  const { session } = await showLivePage();
  const { engine } = LIVE_SESSION_STATE;
  if (engine?.kind !== 'running') throw new Error('The live state has a running engine.');
  const description = { ...engine.description, runtime: 'LiteRT.js 2.5.3' };
  session.session.setState({ engine: { ...engine, description } });
  await expect.element(panel).toHaveTextContent('LiteRT.js does not report what its network uses');
});

test('says which backend runs, why, on which device, and how the others did', async () => {
  await showLivePage();
  await expect.element(panel).toHaveTextContent('WASM was the fastest backend measured on this machine.');
  expect(['device', 'SIMD', 'threads'].map(definition)).toEqual(['processor, 2 logical cores', 'yes', '2']);
  await expect.element(page.getByRole('row', { name: /^wasm 47\.3 ms processor$/ })).toBeInTheDocument();
  await expect
    .element(page.getByRole('row', { name: /^webgl – skipped: software rendering/ }))
    .toBeInTheDocument();
  await expect.element(page.getByRole('row', { name: /^webgpu – failed: this browser/ })).toBeInTheDocument();
});

test('says what a page without cross-origin isolation lacks', async () => {
  const { session } = await showLivePage();
  session.session.setState({ isolated: false });
  await expect.element(panel).toHaveTextContent(/not cross-origin isolated: no threads/);
});

test('the model card shows licence, source, published figures and full checksums', async () => {
  await showLivePage();
  expect(['licence', 'source', 'published'].map(definition)).toEqual([
    'Apache-2.0',
    'trained for Segscope',
    'no published figures',
  ]);
  await page.getByText('2 files, SHA-256').click();
  const checksum = document.querySelector('.checksum');
  expect(checksum?.textContent).toMatch(/^[0-9a-f]{64}$/);
  expect(checksum?.getAttribute('title')).toBe(checksum?.textContent);
});

test('on a phone, the panel is below the picture, targets are large and only the table scrolls sideways', async () => {
  await showLivePage();
  await page.viewport(360, 740);
  const picture = document.querySelector('.stage')?.getBoundingClientRect();
  expect(panel.element().getBoundingClientRect().top).toBeGreaterThanOrEqual(picture?.bottom ?? Infinity);
  expect(document.documentElement.scrollWidth).toBe(360);
  const table = page.getByRole('region', { name: 'Stage table' }).element();
  expect(table.scrollWidth).toBeGreaterThan(table.clientWidth);
  expect(table.getAttribute('tabindex')).toBe('0');
  const small = [...document.querySelectorAll('button:not([role=switch])')].filter(
    (button) => button.getBoundingClientRect().height < 40,
  );
  expect(small.map((button) => button.textContent)).toEqual([]);
});
