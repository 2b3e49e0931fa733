import { expect, test } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import type { AgentsSession } from '../../../agents/agents-session.ts';
import { createAgentStore } from '../../../agents/agent-store.ts';
import { AGENT, CORAL_FACTS, RUNNING } from '../../../companion/testing/companion-state.ts';
import { ABSENT_MODEL } from '../../testing/live-state.ts';
import { showEmptyPage, showLivePage } from '../../testing/show.tsx';

const field = (name: string) => page.getByRole('combobox', { name, exact: true });
const option = (name: string) => page.getByRole('option', { name, exact: true });

async function choose(name: string, label: string) {
  await field(name).click();
  await option(label).click();
}

test('choosing a source passes its key', async () => {
  const { callsOf } = await showLivePage();
  await choose('Source', 'HD Webcam (046d:0825)');
  expect(callsOf('chooseSource')).toEqual([['camera:a']]);
});

test('sources are grouped by kind', async () => {
  await showLivePage();
  await field('Source').click();
  for (const heading of ['Cameras', 'Moving samples', 'Sample pictures'])
    await expect.element(page.getByRole('group', { name: heading })).toBeVisible();
});

test('only a camera offers a camera size', async () => {
  const { session, callsOf } = await showLivePage();
  await expect.element(field('Camera size')).not.toBeInTheDocument();
  session.session.setState({ source: { kind: 'opening', key: 'camera:a' } });
  await choose('Camera size', '1280 x 720');
  expect(callsOf('chooseCameraSize')).toEqual([[1280, 720]]);
});

test('the open button opens the picked file, even the same one twice', async () => {
  const { callsOf } = await showLivePage();
  const file = new File(['x'], 'cat.png', { type: 'image/png' });
  const input = document.querySelector<HTMLInputElement>('input[type=file]');
  if (input === null) throw new Error('There is no file input.');
  await userEvent.upload(input, file);
  await userEvent.upload(input, file);
  expect(callsOf('openFile').map(([given]) => (given as File).name)).toEqual(['cat.png', 'cat.png']);
});

test('choosing a backend, size or pipeline passes it on', async () => {
  const { callsOf } = await showLivePage();
  await choose('Backend', 'webgl');
  await choose('Size', '385 px');
  await choose('Pipeline', 'stock');
  expect(callsOf('chooseBackend')).toEqual([['webgl']]);
  expect(callsOf('chooseInputSize')).toEqual([[385]]);
  expect(callsOf('choosePipeline')).toEqual([['stock']]);
});

test('the automatic backend names the backend it picked', async () => {
  await showLivePage();
  await expect.element(field('Backend')).toHaveTextContent('auto (wasm)');
});

test('an absent model can be reached by keyboard, says how to get it, and cannot be chosen', async () => {
  const { callsOf } = await showLivePage();
  await field('Model').click();
  await userEvent.keyboard('{End}');
  const absent = option(ABSENT_MODEL.name);
  await expect.element(absent).toHaveFocus();
  await expect.element(absent).toHaveAttribute('aria-disabled', 'true');
  await expect.element(absent).toHaveAccessibleDescription(/Place its files in/);
  await expect.element(page.getByText(ABSENT_MODEL.availability.howToGet)).toBeVisible();
  await userEvent.keyboard('{Enter}');
  // Playwright itself would wait for an option that is greyed.
  await absent.click({ force: true });
  expect(callsOf('chooseModel')).toEqual([]);
  await expect.element(absent).toBeVisible();
});

test('choosing a ready model passes its id', async () => {
  const { callsOf } = await showLivePage(({ session }) =>
    session.setState({ wanted: { ...session.getState().wanted, modelId: 'another' } }),
  );
  await choose('Model', 'Segscope MobileNetV2');
  expect(callsOf('chooseModel')).toEqual([['segscope-mnv2-257']]);
});

test('greys out a pipeline that the model does not support', async () => {
  const { callsOf } = await showLivePage(({ session }) =>
    session.setState({
      catalogue: { kind: 'ready', models: [{ ...ABSENT_MODEL, availability: { kind: 'ready' } }] },
      wanted: { ...session.getState().wanted, modelId: ABSENT_MODEL.id },
    }),
  );
  await field('Pipeline').click();
  await expect.element(option('stock')).toHaveAttribute('aria-disabled', 'true');
  await option('stock').click({ force: true });
  expect(callsOf('choosePipeline')).toEqual([]);
});

test('while a model loads, the bar shows what and how far, and the picture stays', async () => {
  const { session } = await showLivePage();
  const loading = { kind: 'loading', label: 'Segscope on webgl', phase: 'download' } as const;
  session.session.setState({ loading: { ...loading, progress01: 0.4 } });
  const bar = page.getByRole('progressbar', {
    name: 'Segscope on webgl: downloading and checking the files',
  });
  await expect.element(bar).toHaveAttribute('aria-valuenow', '40');
  expect(document.querySelector('canvas')?.checkVisibility()).toBe(true);
  session.session.setState({ loading: { ...loading, phase: 'measuring', progress01: null } });
  await expect.element(page.getByRole('progressbar')).not.toHaveAttribute('aria-valuenow');
});

test('the status line keeps its height while a model loads', async () => {
  const { session } = await showLivePage();
  const line = page.getByTestId('status-line').element();
  const idle = line.getBoundingClientRect().height;
  session.session.setState({ loading: { kind: 'loading', label: 'x', phase: 'parse', progress01: null } });
  await expect.element(page.getByRole('progressbar')).toBeVisible();
  expect(line.getBoundingClientRect().height).toBe(idle);
});

test('the model control says that the catalogue is loading', async () => {
  await showEmptyPage();
  await expect.element(field('Model')).toHaveTextContent('loading the catalogue');
  await expect.element(field('Model')).toBeDisabled();
});

test('choosing a theme sets it on the document, and the system theme removes it', async () => {
  const { callsOf } = await showLivePage();
  const theme = page.getByRole('button', { name: /^Theme/ });
  await theme.click();
  await page.getByRole('menuitemradio', { name: 'dark' }).click();
  await expect.poll(() => document.documentElement.dataset['theme']).toBe('dark');
  expect(getComputedStyle(document.documentElement).colorScheme).toBe('dark');
  await theme.click();
  await page.getByRole('menuitemradio', { name: 'system' }).click();
  await expect.poll(() => document.documentElement.dataset['theme']).toBeUndefined();
  expect(callsOf('setView')).toEqual([[{ theme: 'dark' }], [{ theme: 'system' }]]);
});

test('the help explains shortcuts, numbers, privacy and limits', async () => {
  await showLivePage();
  await page.getByRole('button', { name: 'Help' }).click();
  const help = page.getByRole('dialog', { name: 'Help' });
  for (const heading of ['Keyboard', 'What the numbers mean', 'Privacy', 'Limits'])
    await expect.element(help.getByRole('heading', { name: heading })).toBeInTheDocument();
  await expect.element(help.getByText(/Pictures never leave this computer/)).toBeInTheDocument();
  await userEvent.keyboard('{Escape}');
  await expect.element(help).not.toBeInTheDocument();
});

/** One connected agent, and the calls that it received. */
function agentsDouble() {
  const asked: unknown[][] = [];
  const agents = createAgentStore({
    agents: [{ ...AGENT, connection: { kind: 'open', facts: CORAL_FACTS }, engine: RUNNING }],
    shownAgentId: AGENT.id,
  });
  const session: AgentsSession = {
    agents,
    addAgent(...values) {
      asked.push(['addAgent', ...values]);
      return 'agent-2';
    },
    removeAgent: () => undefined,
    reconnect: () => undefined,
    showAgent: () => undefined,
    chooseOnAgent: (...values) => void asked.push(['chooseOnAgent', ...values]),
  };
  return { session, asked, agents };
}

test('the list of backends includes an agent', async () => {
  const { callsOf } = await showLivePage();
  await choose('Backend', 'agent');
  expect(callsOf('chooseAgent')).toEqual([[]]);
  expect(callsOf('chooseBackend')).toEqual([]);
});

test("on an agent, its controls replace the browser's, and choosing a backend switches back", async () => {
  const { session: agents, asked } = agentsDouble();
  const { callsOf } = await showLivePage((session) => {
    session.answerAgents = agents;
    session.session.setState({ place: 'agent', engine: { kind: 'none' } });
  });
  await expect.element(field('Backend')).toHaveTextContent('agent');
  await expect.element(field('Model')).not.toBeInTheDocument();
  await choose('Threads', '2');
  expect(asked).toEqual([['chooseOnAgent', AGENT.id, { threads: 2 }]]);
  await choose('Backend', 'wasm');
  expect(callsOf('chooseBackend')).toEqual([['wasm']]);
});

test('on an agent, the panel describes it, and asks for an address before one is connected', async () => {
  const { session: agents, agents: store, asked } = agentsDouble();
  await showLivePage((session) => {
    session.answerAgents = agents;
    session.session.setState({ place: 'agent', engine: { kind: 'none' } });
  });
  const panel = page.getByRole('region', { name: 'Measurements' });
  await expect.element(panel).toHaveTextContent(`${AGENT.address} connected`);
  await expect.element(panel).toHaveTextContent('Milliseconds per stage');
  store.setState({ agents: [], shownAgentId: null });
  await page.getByRole('combobox', { name: 'Address' }).fill('pi.local:8590');
  await page.getByRole('button', { name: 'Connect' }).click();
  expect(asked).toEqual([['addAgent', 'pi.local:8590', '']]);
  await expect.element(panel).not.toHaveTextContent('Milliseconds per stage');
});
