import { agentSetup, backendOf, browserSetup, codecOf } from '../../../domain/setup.ts';
import { expect, test } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import type { RunPlan } from '../../../domain/measuring/run.ts';
import { FULL_TARGET, QUICK_TARGET } from '../../../domain/measuring/run.ts';
import { ABSENT_MODEL, READY_MODEL } from '../../live/testing/live-state.ts';
import { makeHistory } from '../testing/run-history.ts';
import { AGENT, CORAL_FACTS } from '../../companion/testing/companion-state.ts';
import { showRuns, type ShownRuns } from '../../live/testing/show.tsx';

const box = (name: string | RegExp) => page.getByRole('checkbox', { name });
const runButton = page.getByRole('button', { name: /^Run \d+ configuration/ });

const startedPlan = ({ runCallsOf }: ShownRuns) => runCallsOf('start').at(-1)?.[0] as RunPlan;

const LINKED: RunPlan = {
  choices: (['webgl', 'wasm'] as const).map((backend) => ({
    setup: browserSetup(READY_MODEL.id, backend === 'wasm' ? 257 : 513, backend),
    sourceKey: 'replay',
  })),
  target: { frames: 50, seconds: 2, warmUpFrames: 5 },
  replayFrames: 12,
  replaySourceKey: 'moving:chelsea',
};

test('a new plan is a quick run of the live setup', async () => {
  const shown = await showRuns();
  await expect.element(runButton).toHaveTextContent('Run 1 configuration');
  await runButton.click();
  expect(startedPlan(shown)).toEqual({
    choices: [{ setup: browserSetup(READY_MODEL.id, 257, 'wasm'), sourceKey: 'moving:chelsea' }],
    target: QUICK_TARGET,
    replayFrames: 0,
    replaySourceKey: null,
  });
});

test('every selected option multiplies the configurations', async () => {
  const shown = await showRuns();
  await box('webgl').click();
  await box('513 px').click();
  await box('stock').click();
  await box('Astronaut').click();
  await page.getByRole('radio', { name: /^full/ }).click();
  await expect.element(runButton).toHaveTextContent('Run 16 configurations');
  await runButton.click();
  expect(startedPlan(shown).choices).toHaveLength(16);
  expect(startedPlan(shown).target).toEqual(FULL_TARGET);
});

test('only models that are ready can be selected', async () => {
  await showRuns();
  await expect.element(box(READY_MODEL.name)).toBeChecked();
  await expect.element(box(ABSENT_MODEL.name)).not.toBeInTheDocument();
  await expect.element(page.getByText(/1 more model in the catalogue/)).toBeVisible();
});

test('what a model does not support is left out with its reason', async () => {
  const small = {
    ...READY_MODEL,
    id: 'small',
    name: 'Small',
    inputSizes: [257],
    pipelines: ['ours'],
  } as const;
  await showRuns((_, { session }) =>
    session.setState({ catalogue: { kind: 'ready', models: [READY_MODEL, small] } }),
  );
  await box('Small').click();
  await box('513 px').click();
  await expect.element(runButton).toHaveTextContent('Run 3 configurations');
  await expect
    .element(page.getByRole('list', { name: 'Left out' }))
    .toHaveTextContent('1 configuration left out: "Small" does not support 513 px.');
});

test('nothing can run until every axis has a selection', async () => {
  const { runCallsOf } = await showRuns();
  await box('wasm').click();
  await expect.element(runButton).toBeDisabled();
  await expect.element(page.getByText('Select at least one of each kind.')).toBeVisible();
  expect(runCallsOf('start')).toEqual([]);
});

test('a custom target is used; values out of bounds are ignored', async () => {
  const shown = await showRuns();
  await page.getByRole('radio', { name: /^custom/ }).click();
  const frames = page.getByRole('spinbutton', { name: 'frames' });
  await frames.fill('200');
  await frames.fill('0');
  await expect.element(frames).toHaveAttribute('aria-invalid', 'true');
  await page.getByRole('spinbutton', { name: 'seconds' }).fill('5');
  await expect.element(frames).toHaveValue(200);
  await runButton.click();
  expect(startedPlan(shown).target).toEqual({ ...QUICK_TARGET, frames: 200, seconds: 5 });
});

test('a replay names its source and its number of frames', async () => {
  const shown = await showRuns();
  await box(/^Replay/).click();
  await page.getByRole('combobox', { name: 'Replay source' }).click();
  await page.getByRole('option', { name: 'Astronaut' }).click();
  await page.getByRole('spinbutton', { name: 'frames' }).fill('8');
  await runButton.click();
  expect(startedPlan(shown)).toMatchObject({ replayFrames: 8, replaySourceKey: 'sample:astronaut' });
  expect(startedPlan(shown).choices.map(({ sourceKey }) => sourceKey)).toEqual(['moving:chelsea', 'replay']);
});

test('the estimate uses earlier runs and says what was never measured', async () => {
  await showRuns(({ runs }) => runs.setState({ history: { kind: 'ready', runs: makeHistory(5) } }));
  await expect.element(page.getByText(/^About 2 s, based on earlier measurements here/)).toBeVisible();
  await box('cpu').click();
  await expect
    .element(page.getByText(/^At least 2 s: 1 of 2 configurations not measured here yet/))
    .toBeVisible();
});

test('the plan in the address is filled in, gaps included, and not started', async () => {
  const shown = await showRuns((runs) => {
    runs.addressPlan = LINKED;
  });
  await expect.element(runButton).toHaveTextContent('Run 2 configurations');
  await expect.element(box('webgl')).toBeChecked();
  await expect.element(page.getByText(/not every combination of the selected options/)).toBeVisible();
  expect(shown.runCallsOf('start')).toEqual([]);
  await runButton.click();
  expect(startedPlan(shown)).toEqual(LINKED);
});

test('a link opened while the page is open also fills in its plan', async () => {
  const { runs } = await showRuns();
  runs.addressPlan = LINKED;
  location.hash = '#/runs?plan=another';
  await expect.element(runButton).toHaveTextContent('Run 2 configurations');
});

test('the link to a plan is copied, or shown where the browser denies the clipboard', async () => {
  const { runs, runCallsOf } = await showRuns();
  await page.getByRole('button', { name: 'Copy link' }).click();
  await expect.element(page.getByRole('button', { name: 'Link copied' })).toBeVisible();
  expect(runCallsOf('copyLink')).toHaveLength(1);
  runs.answerCopy = () => Promise.reject(new DOMException('denied', 'NotAllowedError'));
  await page.getByRole('button', { name: 'Link copied' }).click();
  await expect
    .element(page.getByRole('textbox', { name: /Link to this plan/ }))
    .toHaveValue('https://example.test/#/runs?plan=1');
});

test('while a plan runs no other can start, and progress names the configuration, the share done and the time left', async () => {
  const { runs, runCallsOf } = await showRuns();
  runs.runs.setState({
    progress: {
      kind: 'running',
      plan: { ...LINKED, target: QUICK_TARGET },
      at: 1,
      phase: 'warm-up',
      progress01: 0.4,
      secondsLeft: 130,
      failures: [{ at: 0, problem: { kind: 'backend-unavailable', backend: 'webgl', detail: 'no WebGL 2' } }],
    },
  });
  const bar = page.getByRole('progressbar', {
    name: '2 of 2 Segscope MobileNetV2 · wasm · 257 px · replay: warming up',
  });
  await expect.element(bar).toHaveAttribute('aria-valuenow', '40');
  await expect.element(page.getByText('about 2 min left')).toBeVisible();
  await expect
    .element(page.getByRole('list', { name: 'Failed configurations' }))
    .toHaveTextContent('The backend webgl is not available here (no WebGL 2). Choose another backend.');
  await expect.element(runButton).toBeDisabled();
  await page.getByRole('button', { name: 'Cancel' }).click();
  expect(runCallsOf('cancel')).toHaveLength(1);
});

test('the outcome of the last plan stays visible, including its failures', async () => {
  const { runs } = await showRuns();
  const failures = [{ at: 0, problem: { kind: 'out-of-memory', backend: 'webgl' } }] as const;
  runs.runs.setState({ outcome: { plan: LINKED, runIds: ['a'], failures, cancelled: false } });
  await expect.element(page.getByText('1 of 2 configurations measured, 1 failed.')).toBeVisible();
  await expect.element(page.getByText('The backend webgl ran out of memory.')).toBeVisible();
  runs.runs.setState({ outcome: { plan: LINKED, runIds: ['a'], failures: [], cancelled: true } });
  await expect
    .element(page.getByText('Cancelled: 1 of 2 configurations measured. Finished runs are kept.'))
    .toBeVisible();
});

test('an unfinished plan and the live picture both survive a change of view', async () => {
  const { callsOf } = await showRuns();
  await box('cpu').click();
  const canvas = document.querySelector('canvas');
  await page.getByRole('link', { name: 'Live' }).click();
  await expect.element(page.getByRole('region', { name: 'Picture' })).toBeVisible();
  expect(document.querySelector('canvas')).toBe(canvas);
  expect(callsOf('attachCanvas')).toHaveLength(1);
  await page.getByRole('link', { name: 'Runs' }).click();
  await expect.element(box('cpu')).toBeChecked();
});

test('the live view pauses while the Runs view is shown, and a frozen picture stays frozen', async () => {
  const { session, callsOf } = await showRuns();
  expect(callsOf('setFrozen')).toEqual([[true]]);
  await page.getByRole('link', { name: 'Live' }).click();
  await expect.poll(() => callsOf('setFrozen')).toEqual([[true], [false]]);
  session.setFrozen(true);
  await page.getByRole('link', { name: 'Runs' }).click();
  await expect.element(runButton).toBeVisible();
  await page.getByRole('link', { name: 'Live' }).click();
  await expect.element(page.getByRole('region', { name: 'Picture' })).toBeVisible();
  expect(session.session.getState().pause).toBe('frozen');
});

test("the current view's link is marked, and the live view's keys do nothing elsewhere", async () => {
  const { callsOf } = await showRuns();
  await expect.element(page.getByRole('link', { name: 'Runs' })).toHaveAttribute('aria-current', 'page');
  await expect.element(page.getByRole('link', { name: 'Live' })).not.toHaveAttribute('aria-current');
  await userEvent.keyboard('om ');
  expect(callsOf('setView')).toEqual([]);
  expect(callsOf('setFrozen')).toEqual([[true]]);
});

const DM05 = 'deeplabv3_mnv2_dm05_pascal_quant';

/** A Runs view that knows an agent with a Coral stick, or with a test double of one. */
const showBesideAgent = (testDouble = false) =>
  showRuns(({ agents }) => {
    const facts = { ...CORAL_FACTS, edgeTpu: { ...CORAL_FACTS.edgeTpu, testDouble } };
    agents.agents.setState({
      agents: [{ ...AGENT, connection: { kind: 'open', facts }, wanted: null }],
      shownAgentId: AGENT.id,
    });
  });

test('an agent is connected from the plan, with its address and code', async () => {
  const { runCallsOf } = await showRuns();
  await page.getByText('Agents: measure other devices too').click();
  await page.getByRole('combobox', { name: 'Address' }).fill('pi.local:8590');
  await page.getByRole('textbox', { name: 'Pairing code' }).fill('ABCDEF');
  await page.getByRole('button', { name: 'Connect' }).click();
  expect(runCallsOf('addAgent')).toEqual([['pi.local:8590', 'ABCDEF']]);
});

test("a connected agent adds its models, devices and tails after the browser's configurations", async () => {
  const shown = await showBesideAgent();
  await box(AGENT.address).click();
  await box('segscope-mnv2-257-int8').click();
  await box(DM05).click();
  await box('Edge TPU').click();
  await page.getByRole('spinbutton', { name: 'CPU threads' }).fill('3');
  await expect.element(runButton).toHaveTextContent('Run 3 configurations');
  await runButton.click();
  const { choices } = startedPlan(shown);
  expect(choices.map(({ setup }) => backendOf(setup))).toEqual(['wasm', 'tflite', 'tflite']);
  const place = { agent: AGENT.address, device: 'edgetpu', tail: 'cut', threads: 3 } as const;
  expect(choices[2]).toEqual({ setup: agentSetup(DM05, 513, place), sourceKey: 'moving:chelsea' });
});

test('frames are sent to an agent raw, as JPEG, or both', async () => {
  const shown = await showBesideAgent();
  await box(AGENT.address).click();
  await box(DM05).click();
  await expect.element(box('raw')).toBeChecked();
  await box('JPEG 85').click();
  await expect.element(runButton).toHaveTextContent('Run 3 configurations');
  await runButton.click();
  const { choices } = startedPlan(shown);
  expect(choices.map(({ setup }) => codecOf(setup))).toEqual(['rgb8', 'rgb8', 'jpeg85']);
});

test('what an agent cannot run is left out with a reason', async () => {
  await showBesideAgent();
  await box(AGENT.address).click();
  await box('Edge TPU').click();
  await expect
    .element(page.getByRole('list', { name: 'Left out' }))
    .toHaveTextContent('This model is not compiled for the Edge TPU.');
});

test('a test double is never offered as an Edge TPU', async () => {
  await showBesideAgent(true);
  await expect.element(box('TEST DOUBLE')).toBeInTheDocument();
  expect(box('Edge TPU').elements()).toEqual([]);
});
