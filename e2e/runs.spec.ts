import type { Page } from '@playwright/test';
import { QUICK_TARGET, type PlannedRun, type RunPlan, type RunRecord } from '../src/domain/measuring/run.ts';
import type { Backend } from '../src/domain/backend.ts';
import { browserSetup } from '../src/domain/setup.ts';
import type { RunState } from '../src/features/runs/run-store.ts';
import { expect, test } from './fixtures/live-page.ts';

interface ChoiceTraits {
  readonly modelId: string;
  readonly backend: Backend;
  readonly inputSize: number;
  readonly sourceKey: string;
}

function choice(traits: Partial<ChoiceTraits> = {}): PlannedRun {
  const { modelId = 'segscope-mnv2-257', backend = 'wasm', inputSize = 257 } = traits;
  return {
    setup: browserSetup(modelId, inputSize, backend),
    sourceKey: traits.sourceKey ?? 'sample:astronaut',
  };
}

const plan = (choices: readonly PlannedRun[], change: Partial<RunPlan> = {}): RunPlan => ({
  choices,
  target: QUICK_TARGET,
  replayFrames: 0,
  replaySourceKey: null,
  ...change,
});

/** More frames than any test waits for. */
const ENDLESS = { frames: 1_000_000, seconds: 0, warmUpFrames: 2 };

function runsPage(page: Page) {
  const state = (): Promise<RunState> =>
    page.evaluate(async () => {
      const { segscope } = globalThis;
      if (segscope === undefined) throw new Error('The page has no automation.');
      return (await segscope.runs()).runs.getState();
    });
  const history = async (): Promise<readonly RunRecord[]> => {
    const { history: status } = await state();
    return status.kind === 'ready' ? status.runs : [];
  };
  return {
    state,
    history,
    async open(hash = '#/runs') {
      await page.goto(`/${hash}`);
      await this.ready();
    },
    async ready() {
      await page.waitForFunction(() => globalThis.segscope !== undefined);
      await expect.poll(async () => (await state()).history.kind).toBe('ready');
    },
    start: (wanted: RunPlan) =>
      page.evaluate(async (given) => {
        (await globalThis.segscope?.runs())?.start(given);
      }, wanted),
    cancel: () => page.evaluate(async () => (await globalThis.segscope?.runs())?.cancel()),
    async ended() {
      await expect.poll(async () => (await state()).outcome !== null, { timeout: 60_000 }).toBe(true);
      return (await state()).outcome;
    },
    measuring: (at: number) =>
      expect
        .poll(
          async () => {
            const { progress } = await state();
            return progress.kind === 'running' && progress.at === at ? progress.phase : null;
          },
          { timeout: 60_000 },
        )
        .toBe('measuring'),
    /** Waits for another measured frame, because the phase begins before its first frame ends. */
    async measuredMore() {
      const share = async () => {
        const { progress } = await state();
        return progress.kind === 'running' ? progress.progress01 : 0;
      };
      const before = await share();
      await expect.poll(share, { timeout: 60_000 }).toBeGreaterThan(before);
    },
  };
}

test.describe('a plan', () => {
  test('runs without the live view, is valid and uncontended, and the live view returns afterwards', async ({
    live,
  }) => {
    await live.open();
    const runs = runsPage(live.page);
    await runs.start(plan([choice(), choice({ inputSize: 385 })]));
    await runs.measuring(0);
    expect((await live.state()).engine).toEqual({ kind: 'none' });
    const outcome = await runs.ended();
    expect(outcome).toMatchObject({ failures: [], cancelled: false });
    const measured = await runs.history();
    expect(measured.map(({ setup: { inputSize } }) => inputSize).sort()).toEqual([257, 385]);
    for (const { columns, cold, memory, configuration, validity } of measured) {
      expect(columns.frame).toHaveLength(20);
      expect(cold.contended).toBe(false);
      expect(cold.firstInferenceMs).toBeGreaterThan(0);
      expect(memory.tensorsAfter).toBe(memory.tensorsLoaded);
      expect(memory.tensorsLeft).toBe(0);
      expect(configuration.segmenter.files[0]?.sha256).toMatch(/^[0-9a-f]{64}$/);
      expect(validity.checks.filter(({ passed }) => !passed)).toEqual([]);
    }
    await live.settled();
    const before = await live.lastFrame();
    await expect.poll(() => live.lastFrame()).toBeGreaterThan(before);
  });

  test('interrupted by closing the tab loses at most the current configuration', async ({ live }) => {
    const runs = runsPage(live.page);
    await runs.open();
    await runs.start(plan([choice(), choice({ inputSize: 385 })], { target: { ...ENDLESS, frames: 50 } }));
    await runs.measuring(1);
    const [kept] = await runs.history();
    await live.page.reload();
    await runs.ready();
    expect(await runs.history()).toEqual([kept]);
    expect(kept).toMatchObject({ ...choice(), validity: { valid: true } });
  });

  test('that is cancelled keeps finished runs, marked as cancelled', async ({ live }) => {
    const runs = runsPage(live.page);
    await runs.open();
    await runs.start(plan([choice(), choice({ inputSize: 385 })], { target: ENDLESS }));
    await runs.measuring(0);
    await runs.measuredMore();
    await runs.cancel();
    expect(await runs.ended()).toMatchObject({ cancelled: true });
    await live.page.reload();
    await runs.ready();
    const [kept, ...others] = await runs.history();
    expect(others).toEqual([]);
    expect(kept?.columns.frame.length).toBeGreaterThan(0);
    expect(kept?.events.endedEarly).toBe('Cancelled.');
    expect(kept?.validity.valid).toBe(false);
  });

  test('of a hidden tab is measured to its end and marked as invalid', async ({ live }) => {
    const runs = runsPage(live.page);
    await runs.open();
    await runs.start(plan([choice()], { target: { ...ENDLESS, frames: 50 } }));
    await runs.measuring(0);
    await live.page.evaluate(() => {
      for (const value of ['hidden', 'visible']) {
        Object.defineProperty(document, 'visibilityState', { configurable: true, get: () => value });
        document.dispatchEvent(new Event('visibilitychange'));
      }
    });
    await runs.ended();
    const [run] = await runs.history();
    expect(run?.columns.frame).toHaveLength(50);
    expect(run?.events.hidden).toBe(1);
    expect(run?.validity.checks.find(({ check }) => check === 'tab-visible')?.passed).toBe(false);
    expect(run?.validity.valid).toBe(false);
  });

  test('continues after a configuration that cannot be measured, and says which and why', async ({
    live,
  }) => {
    const runs = runsPage(live.page);
    await runs.open();
    await runs.start(
      plan([choice({ modelId: 'u-net' }), choice({ sourceKey: 'sample:mona-lisa' }), choice()]),
    );
    const outcome = await runs.ended();
    expect(outcome?.failures).toMatchObject([
      { at: 0, problem: { kind: 'model-unknown', modelId: 'u-net' } },
      { at: 1, problem: { kind: 'source-unreachable' } },
    ]);
    expect(await runs.history()).toHaveLength(1);
  });

  test('with a replay measures every configuration on the same recorded frames', async ({ live }) => {
    const runs = runsPage(live.page);
    await runs.open();
    const choices = [choice({ sourceKey: 'replay' }), choice({ sourceKey: 'replay', inputSize: 385 })];
    await runs.start(plan(choices, { replayFrames: 8, replaySourceKey: 'camera:' }));
    await runs.ended();
    const sources = (await runs.history()).map(({ configuration }) => configuration.source);
    expect(sources).toHaveLength(2);
    for (const source of sources) expect(source).toMatch(/^replay of 8 frames, camera: /);
  });
});

test.describe('the history', () =>
  test('that is full says so, and the run stays on the page', async ({ live }) => {
    const runs = runsPage(live.page);
    await runs.open();
    const devtools = await live.page.context().newCDPSession(live.page);
    const { origin } = new URL(live.page.url());
    await devtools.send('Storage.overrideQuotaForOrigin', { origin, quotaSize: 1 });
    await runs.start(plan([choice()]));
    await runs.ended();
    expect((await runs.state()).problem).toEqual({ kind: 'history-full' });
    expect(await runs.history()).toHaveLength(1);
    await devtools.send('Storage.overrideQuotaForOrigin', { origin });
  }));

test.describe('a share link', () => {
  test('opens the Runs view with exactly its plan', async ({ live }) => {
    const runs = runsPage(live.page);
    await runs.open();
    const wanted = plan([choice(), choice({ backend: 'webgl' })]);
    const link = await live.page.evaluate(
      async (given) => (await globalThis.segscope?.runs())?.shareLink(given) ?? '',
      wanted,
    );
    await live.page.goto('about:blank');
    await live.page.goto(link);
    await runs.ready();
    const read = await live.page.evaluate(async () => (await globalThis.segscope?.runs())?.planFromAddress());
    expect(read).toEqual(wanted);
    expect((await runs.state()).progress.kind).toBe('idle');
  });

  test('of another version breaks nothing and says so', async ({ live }) => {
    const runs = runsPage(live.page);
    await runs.open('#/runs?plan=99&anything=else');
    const read = await live.page.evaluate(async () => (await globalThis.segscope?.runs())?.planFromAddress());
    expect(read).toBeNull();
    expect((await runs.state()).problem).toEqual({ kind: 'link-version', version: '99' });
  });
});

test.describe('the report bundle', () =>
  test('of two measured configurations holds a picture of the same frame for each', async ({ live }) => {
    const runs = runsPage(live.page);
    await runs.open();
    await runs.start(
      plan([choice(), choice({ inputSize: 385 })], { target: { ...QUICK_TARGET, frames: 3 } }),
    );
    await runs.ended();
    const names = await live.page.evaluate(async () => {
      const session = await globalThis.segscope?.runs();
      const status = session?.runs.getState().history;
      if (session === undefined || status?.kind !== 'ready') throw new Error('There is no history.');
      const [file] = await session.exportRuns(status.runs, 'bundle');
      // The directory at the end of a zip stores every name uncompressed.
      return new TextDecoder('latin1').decode(await file?.blob.arrayBuffer());
    });
    for (const each of ['screenshot.png', 'labels.png', 'overlay.png']) {
      expect(new Set(names.match(new RegExp(`pictures/[\\w.-]+/${each}`, 'g'))).size, each).toBe(2);
    }
  }));
