import { agentSetup } from '../../../domain/setup.ts';
import { expect, test } from 'vitest';
import { page, userEvent } from 'vitest/browser';
import { describeProblem, type Problem } from '../../../domain/problems/problem.ts';
import { STAGES } from '../../../domain/measuring/stage-timings.ts';
import type { AgentState } from '../../agents/agent-store.ts';
import {
  AGENT,
  AGENT_DESCRIPTION,
  AGENT_FACTS,
  CORAL_FACTS,
  RUNNING,
  agentSnapshot,
  liveTiming,
} from '../testing/companion-state.ts';
import { liveFrames, liveSnapshot } from '../../live/testing/live-state.ts';
import { showEmptyCompanion, showLiveCompanion } from '../testing/show-companion.tsx';
import type { RecordingCompanionSession } from '../testing/recording-companion-session.ts';

const panel = page.getByRole('region', { name: 'Measurements' });
const pictures = page.getByRole('region', { name: 'Pictures' });
const agreement = page.getByRole('region', { name: 'Agreement' });
const side = (name: string) => page.getByRole('figure', { name: new RegExp(`^${name}\\b`) });
const PROBLEM: Problem = { kind: 'worker-crashed', detail: 'the cable' };

const showAgent = (agent: AgentState) => (session: RecordingCompanionSession) =>
  session.agents.setState({ agents: [agent], shownAgentId: agent.id });

async function choose(field: string, option: string | RegExp) {
  await page.getByRole('combobox', { name: field, exact: true }).click();
  await page.getByRole('option', { name: option }).click();
}

test('a page without an agent shows in two lines how to start one, and offers to connect', async () => {
  const { callsOf } = await showEmptyCompanion();
  await expect.element(pictures).toHaveTextContent('No agent yet');
  const lines = [...pictures.element().querySelectorAll('code')].map((code) => code.textContent);
  expect(lines).toEqual(['npm ci --ignore-scripts --prefix agent', 'npm run agent']);
  await page.getByRole('combobox', { name: 'Address' }).fill(' raspberrypi.local:8590 ');
  await page.getByRole('textbox', { name: 'Pairing code' }).fill('ABCDEF');
  await page.getByRole('button', { name: 'Connect' }).click();
  expect(callsOf('addAgent')).toEqual([['raspberrypi.local:8590', 'ABCDEF']]);
});

test('the help explains the shortcuts and the agent, and opens by key or button', async () => {
  await showLiveCompanion();
  await userEvent.keyboard('?');
  const help = page.getByRole('dialog', { name: 'Help' });
  await expect.element(help).toHaveTextContent('save a screenshot');
  await expect.element(help).toHaveTextContent('TEST DOUBLE');
  await expect.element(help).toHaveTextContent('Pictures go to the agent that is shown, and nowhere else.');
  await page.getByRole('button', { name: 'Close help' }).click();
  await expect.element(help).not.toBeInTheDocument();
});

test('the session gets all three canvases, and no agreement canvas while its map is off', async () => {
  const { callsOf } = await showLiveCompanion();
  const attached = () => callsOf('attachCanvases').at(-1)?.[0] as Record<string, unknown>;
  expect(Object.values(attached()).map((canvas) => canvas instanceof HTMLCanvasElement)).toEqual([
    true,
    true,
    true,
  ]);
  await page.getByRole('button', { name: 'Map' }).click();
  expect(callsOf('setThird')).toEqual([['none']]);
  await expect.poll(() => attached()['agreement']).toBeNull();
  expect(attached()['agent']).toBeInstanceOf(HTMLCanvasElement);
});

test('choices on the agent reach the agent that is shown', async () => {
  const { callsOf } = await showLiveCompanion(
    showAgent({ ...AGENT, connection: { kind: 'open', facts: CORAL_FACTS }, engine: RUNNING }),
  );
  await choose('Model on the agent', /^deeplabv3/);
  await choose('Threads', '2');
  expect(callsOf('chooseOnAgent')).toEqual([
    ['agent-1', { modelId: 'deeplabv3_mnv2_dm05_pascal_quant' }],
    ['agent-1', { threads: 2 }],
  ]);
});

test('what the agent cannot do is listed as unavailable, with its reason', async () => {
  await showLiveCompanion();
  await page.getByRole('combobox', { name: 'Device' }).click();
  const tpu = page.getByRole('option', { name: 'Edge TPU' });
  await expect.element(tpu).toHaveAttribute('aria-disabled', 'true');
  await expect.element(tpu).toHaveAccessibleDescription('No Coral stick is plugged in.');
  await userEvent.keyboard('{Escape}');
  await page.getByRole('combobox', { name: 'Tail' }).click();
  await expect
    .element(page.getByRole('option', { name: 'cut' }))
    .toHaveAccessibleDescription(/It ends in class scores already\./);
});

test('locked frames are always raw; free ones may be JPEG', async () => {
  const { callsOf } = await showLiveCompanion();
  await page.getByRole('combobox', { name: 'Payload' }).click();
  await expect
    .element(page.getByRole('option', { name: 'JPEG 85' }))
    .toHaveAttribute('aria-disabled', 'true');
  await userEvent.keyboard('{Escape}');
  await choose('Frames', 'free');
  await choose('Payload', 'JPEG 85');
  expect(callsOf('setPacing')).toEqual([['free']]);
  expect(callsOf('setPayload')).toEqual([[{ codec: 'jpeg', quality01: 0.85 }]]);
});

test('arrow keys move the edge of a wipe, and the picture is cut there', async () => {
  const { session } = await showLiveCompanion();
  await choose('Pictures', 'wipe');
  const edge = page.getByRole('slider', { name: /^Edge between/ });
  await expect.element(edge).toHaveAttribute('aria-valuetext', '50 % browser');
  edge.element().focus();
  await userEvent.keyboard('{ArrowRight>}{/ArrowRight}');
  await expect.poll(() => session.companion.getState().wipe01).toBe(0.51);
  await userEvent.keyboard('{End>}{/End}');
  await expect.element(edge).toHaveAttribute('aria-valuetext', '100 % browser');
  const cut = side('Agent').element().firstElementChild;
  if (cut === null) throw new Error('The agent has no picture.');
  await expect.poll(() => getComputedStyle(cut).clipPath).toBe('inset(0px 0px 0px 100%)');
});

test('a lost connection says why, counts down to the next attempt and can be tried at once', async () => {
  const connection = {
    kind: 'waiting-to-reconnect',
    problem: PROBLEM,
    attempt: 3,
    retryMs: 600_000,
  } as const;
  const { callsOf } = await showLiveCompanion(showAgent({ ...AGENT, connection, engine: RUNNING }));
  await expect.element(panel).toHaveTextContent(describeProblem(PROBLEM).sentence);
  await expect.element(panel).toHaveTextContent(/Attempt 3 in (600|59\d) s/);
  await expect.element(pictures).toHaveTextContent('Connection lost; this is the last picture');
  await page.getByRole('button', { name: 'Try now' }).click();
  expect(callsOf('reconnect')).toEqual([['agent-1', null]]);
});

test('the countdown reaches 0 and stays there', async () => {
  const connection = { kind: 'waiting-to-reconnect', problem: PROBLEM, attempt: 1, retryMs: 300 } as const;
  await showLiveCompanion(showAgent({ ...AGENT, connection, engine: RUNNING }));
  await expect.element(panel).toHaveTextContent(/Attempt 1 in 0 s/);
});

test('a refused agent gives the reason and next step, and accepts another code', async () => {
  const { callsOf } = await showLiveCompanion((session) => {
    showAgent({ ...AGENT, connection: { kind: 'refused', problem: PROBLEM } })(session);
    session.timing.setState({ agent: null });
  });
  await expect.element(pictures).toHaveTextContent(describeProblem(PROBLEM).nextStep);
  await page.getByRole('textbox', { name: /^Pairing code \(leave empty/ }).fill('NEW');
  await page.getByRole('button', { name: 'Try again' }).click();
  expect(callsOf('reconnect')).toEqual([['agent-1', 'NEW']]);
});

test('the agent says what it is and why: device, library, USB port, machine', async () => {
  const slow = {
    ...CORAL_FACTS.edgeTpu.stick,
    state: 'running',
    megabitsPerSecond: 480,
    permitted: false,
  } as const;
  const facts = { ...CORAL_FACTS, edgeTpu: { ...CORAL_FACTS.edgeTpu, stick: slow } };
  await showLiveCompanion(showAgent({ ...AGENT, connection: { kind: 'open', facts }, engine: RUNNING }));
  await expect.element(panel).toHaveTextContent(RUNNING.deviceName);
  await expect.element(panel).toHaveTextContent('TensorFlow Lite 2.9.0');
  await expect.element(panel).toHaveTextContent(/USB 2 port; use a blue USB 3 port/);
  await expect.element(panel).toHaveTextContent(/no permission: add this user to the plugdev group/);
  await expect
    .element(panel)
    .toHaveTextContent('Raspberry Pi 4 Model B Rev 1.4, linux 6.6.51 arm64, 4 cores');
});

test('one of several agents is shown, and another can be chosen', async () => {
  const { callsOf } = await showLiveCompanion((session) => {
    const agents = [
      { ...AGENT, engine: RUNNING },
      { ...AGENT, id: 'agent-2', address: 'raspberrypi.local:8590' },
    ];
    session.agents.setState({ agents });
  });
  await page.getByRole('button', { name: 'Show', exact: true }).click();
  await page.getByRole('button', { name: 'Disconnect localhost:8590' }).click();
  expect(callsOf('showAgent')).toEqual([['agent-2']]);
  expect(callsOf('removeAgent')).toEqual([['agent-1']]);
});

test('a model that failed on the agent is reported next to it, with the next step', async () => {
  const wanted = agentSetup('broken', 257, { agent: 'pi', device: 'cpu', tail: 'stock', threads: 1 });
  await showLiveCompanion(showAgent({ ...AGENT, engine: { kind: 'failed', wanted, problem: PROBLEM } }));
  await expect.element(panel).toHaveTextContent(describeProblem(PROBLEM).sentence);
  await expect.element(pictures).toHaveTextContent('The model failed; this is the last picture');
});

test('a test double is announced over the whole page, never called an Edge TPU and never compared', async () => {
  const facts = { ...CORAL_FACTS, edgeTpu: { ...CORAL_FACTS.edgeTpu, testDouble: true } };
  const description = { ...AGENT_DESCRIPTION, deviceAsked: 'edgetpu', deviceUsed: 'test-double' } as const;
  const deviceName = 'TEST DOUBLE of libedgetpu';
  await showLiveCompanion(
    showAgent({
      ...AGENT,
      wanted: agentSetup('segscope-mnv2-257-int8', 257, {
        ...{ agent: AGENT.address, device: 'edgetpu', tail: 'stock', threads: 1 },
      }),
      connection: { kind: 'open', facts },
      engine: { ...RUNNING, description, deviceAsked: 'edgetpu', deviceUsed: 'test-double', deviceName },
    }),
  );
  await expect.element(page.getByText(/The agent's times and labels mean nothing/)).toBeVisible();
  await expect.element(page.getByRole('combobox', { name: 'Device' })).toHaveTextContent('TEST DOUBLE');
  await expect.element(panel).toHaveTextContent(/Not compared: the agent runs on a TEST DOUBLE/);
  await expect.element(panel).not.toHaveTextContent(/times as fast/);
  await expect.element(pictures).toHaveTextContent('TEST DOUBLE');
  const caption = side('Agent').element().querySelector('figcaption')?.textContent;
  expect(caption).toContain('TEST DOUBLE');
  expect(caption).not.toContain('Edge TPU');
});

test("for a stock Edge TPU file, the host's share is stated", async () => {
  const description = { ...AGENT_DESCRIPTION, deviceUsed: 'edgetpu', operatorsOnCpu: 8 } as const;
  await showLiveCompanion(
    showAgent({
      ...AGENT,
      connection: { kind: 'open', facts: CORAL_FACTS },
      engine: { ...RUNNING, deviceUsed: 'edgetpu', description },
    }),
  );
  await expect
    .element(panel)
    .toHaveTextContent(/Part of the inference time is the agent's CPU: 8 operators of the stock file/);
});

test('the faster side is shown with interval, basis and both configurations', async () => {
  const { session } = await showLiveCompanion();
  await expect.element(panel).toHaveTextContent('The agent is 2.09 times as fast');
  await expect.element(panel).toHaveTextContent(/95 % interval 2\.04 to 2\.13; pixels to labels; 118 frames/);
  await expect.element(panel).toHaveTextContent(/TensorFlow\.js 4\.22\.0, wasm, 2 threads/);
  await expect.element(panel).toHaveTextContent(/TensorFlow Lite 2\.9\.0, CPU, 1 thread/);
  session.timing.setState({ speed: null });
  await expect.element(panel).toHaveTextContent('Not known yet');
});

test('agreement is shown overall, per class and as swaps, browser first', async () => {
  await showLiveCompanion();
  await expect.element(agreement).toHaveTextContent('97.12 % of the pixels agree');
  await expect.element(agreement).toHaveTextContent(/person → dog1\.67 %/);
  await expect.element(page.getByRole('row', { name: 'dog 0 % 12 % 0 %' })).toBeInTheDocument();
  await expect.element(page.getByRole('row', { name: 'background 57 % 58 % 98 %' })).toBeInTheDocument();
});

test('clicking a class shows it alone, clicking again shows all', async () => {
  const { session } = await showLiveCompanion();
  const cat = page.getByRole('button', { name: 'cat', exact: true });
  await cat.click();
  await expect.element(cat).toHaveAttribute('aria-pressed', 'true');
  expect(session.live.view.getState().isolatedClass).toBe(8);
  await cat.click();
  expect(session.live.view.getState().isolatedClass).toBeNull();
});

test("the crosshair over a picture shows that side's class", async () => {
  const { session } = await showLiveCompanion((recording) => {
    const found = { classIndex: 12, name: 'dog', share01: 0.12, color: 'rgb(64 0 128)' };
    recording.answerAgentClassAt = () => found;
    recording.live.answerClassAt = () => ({ ...found, classIndex: 15, name: 'person' });
  });
  const spoken = () =>
    [...document.querySelectorAll('.probe [role=status]')].map((status) => status.textContent);
  for (const picture of ["Browser's picture", "Agent's picture"]) {
    page
      .getByRole('application', { name: new RegExp(`^${picture}`) })
      .element()
      .focus();
    await userEvent.keyboard('{ArrowRight>}{/ArrowRight}');
  }
  await expect.poll(spoken).toEqual(['person 12 %', 'dog 12 %']);
  expect(session.live.lastPoint()).toEqual([0.5, 0.5]);
});

test('free frames have no agreement, and the page says how to get one', async () => {
  await showLiveCompanion((session) => {
    session.companion.setState({ pacing: 'free' });
    session.timing.setState({ agreement: null });
  });
  await expect.element(agreement).toHaveTextContent(/Choose locked frames to compare labels/);
  await expect.element(agreement).toHaveTextContent('– of the pixels agree');
});

test('both charts have one scale and the colours of the table, encode and transport included', async () => {
  const { session } = await showLiveCompanion();
  const ticks = () =>
    [...panel.getByRole('img', { name: /^(Browser|Agent)\b/ }).elements()].map((chart) =>
      [...chart.querySelectorAll('.recharts-cartesian-axis-tick-value')].map((tick) => tick.textContent),
    );
  await expect.poll(ticks).toEqual([
    ['0', '40.0', '80.0'],
    ['0', '40.0', '80.0'],
  ]);
  expect(
    page.getByRole('region', { name: 'Stages of both sides' }).element().querySelectorAll('.stage-key'),
  ).toHaveLength(STAGES.length);
  const slow = liveFrames(120).map((frame) => ({ ...frame, stages: { ...frame.stages, inference: 350 } }));
  session.timing.setState({ agent: agentSnapshot({ recent: slow }) });
  await expect.poll(ticks).toEqual([
    ['0', '200', '400'],
    ['0', '200', '400'],
  ]);
});

test('rates, drops and bytes are shown for both sides', async () => {
  await showLiveCompanion();
  await expect
    .element(page.getByRole('row', { name: 'model rate, 1000 / median inference 21.1 54.9' }))
    .toBeInTheDocument();
  await expect.element(panel).toHaveTextContent(/up per frame198 kB/);
  await expect.element(panel).toHaveTextContent(/down per frame1\.39 kB/);
  expect(document.body.textContent).not.toMatch(/fps/i);
});

test('telemetry has units, throttling is described, and missing readings are reported', async () => {
  const { session } = await showLiveCompanion();
  await expect.element(panel).toHaveTextContent('now: none; in 0 of 240 readings; since boot: under-voltage');
  await expect.element(panel).toHaveTextContent('The USB accelerator does not report its temperature.');
  await expect.element(page.getByRole('img', { name: /^Temperature: cpu-thermal \d+\.\d °C/ })).toBeVisible();
  const unknown = liveTiming().telemetry.map((reading) => ({
    ...reading,
    thermalZones: null,
    throttling: null,
  }));
  session.timing.setState({ telemetry: unknown });
  await expect.element(panel).toHaveTextContent('Temperature not reported.');
  await expect.element(panel).toHaveTextContent('throttlednot reported');
  session.timing.setState({ telemetry: [] });
  await expect.element(panel).not.toHaveTextContent('not reported');
  await expect.element(panel).toHaveTextContent('No readings yet.');
});

test("a throttled agent's speed comes with a warning not to quote it", async () => {
  const { session } = await showLiveCompanion();
  await expect.element(panel).not.toHaveTextContent('Do not quote');
  const throttling = { now: ['throttled'], sinceBoot: ['throttled'] } as const;
  const { telemetry } = liveTiming();
  session.timing.setState({
    telemetry: telemetry.map((reading, at) => (at % 24 === 1 ? { ...reading, throttling } : reading)),
  });
  await expect
    .element(panel)
    .toHaveTextContent(
      "The agent's machine was throttled during these frames (throttled). Do not quote this figure.",
    );
  await expect.element(panel).toHaveTextContent('in 10 of 240 readings');
});

test('a slow side is called slow, a frozen page frozen', async () => {
  const { session } = await showLiveCompanion();
  const rows = liveSnapshot().rows.map((row) => (row.key === 'frame' ? { ...row, median: 1520 } : row));
  session.timing.setState({ agent: agentSnapshot({ rows }) });
  await expect.element(pictures).toHaveTextContent('Slow: 1.52 s per frame');
  await page.getByRole('button', { name: 'Freeze' }).click();
  await expect.poll(() => pictures.element().querySelectorAll('.badge:not(:empty)').length).toBe(2);
  expect([...pictures.element().querySelectorAll('.badge')].map((badge) => badge.textContent)).toEqual([
    'Frozen',
    'Frozen',
  ]);
});

test('before the first frame every number is unknown, none is 0', async () => {
  await showEmptyCompanion((session) =>
    showAgent({ ...AGENT, connection: { kind: 'open', facts: AGENT_FACTS } })(session),
  );
  const cells = [
    ...page.getByRole('table', { name: 'Rates' }).element().querySelectorAll('td'),
    ...page.getByRole('table', { name: 'Milliseconds per stage' }).element().querySelectorAll('td'),
    ...page.getByTestId('agent-account').getByRole('definition').elements(),
  ];
  expect(cells.length).toBeGreaterThan(60);
  expect(new Set(cells.map((cell) => cell.textContent))).toEqual(new Set(['–']));
});

test('the links lead to the other views of Segscope', async () => {
  await showEmptyCompanion();
  await expect.element(page.getByRole('link', { name: 'Live' })).toHaveAttribute('href', './#/live');
  await expect.element(page.getByRole('link', { name: 'Companion' })).toHaveAttribute('aria-current', 'page');
});

test('on a phone the two pictures are stacked and nothing scrolls sideways', async () => {
  await showLiveCompanion();
  await page.viewport(390, 800);
  const box = (name: string) => side(name).element().getBoundingClientRect();
  expect(box('Agent').top).toBeGreaterThanOrEqual(box('Browser').bottom);
  expect(document.documentElement.scrollWidth).toBe(390);
  const small = [...document.querySelectorAll('button:not([role=switch]), input, summary')].filter(
    (target) => target.getBoundingClientRect().height < 40 && target.checkVisibility(),
  );
  expect(small.map((target) => target.outerHTML)).toEqual([]);
});
