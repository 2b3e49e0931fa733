/** Loads, switches and closes segmenters. The old one keeps drawing until the new one is warm. */
import { problemOf, type Problem } from '../../domain/problems/problem.ts';
import type { Segmenter } from '../../segmentation/segmenter.ts';
import { setupOf, type WantedSetup } from '../../domain/setup.ts';
import { bringAbout, type Seat } from './backend-choice.ts';
import { WASM } from './backend-trials.ts';
import type { Closing, EngineControl, EngineParts } from './engine-control.types.ts';

export function createEngineControl(parts: EngineParts): EngineControl {
  const { store, pump, notices } = parts;
  let current: Segmenter | null = null;
  let switching = new AbortController();
  const closings: Closing[] = [];
  const underWay = new Set<Promise<void>>();
  let suspended = false;

  const seat: Seat = { current: () => current, install, retire };

  async function retire(segmenter: Segmenter): Promise<void> {
    const left = await segmenter.close();
    closings.push({ modelId: segmenter.description.modelId, backend: segmenter.description.backend, left });
  }

  async function install(segmenter: Segmenter, why: string): Promise<void> {
    const former = current;
    current = segmenter;
    const { description, cold } = segmenter;
    store.setState({ engine: { kind: 'running', description, cold, why } });
    if (former === segmenter) return;
    segmenter.onDeath((problem) => lost(problem, segmenter));
    await pump.setSegmenter(segmenter);
    if (former !== null) await retire(former);
  }

  async function apply(wanted: WantedSetup): Promise<void> {
    switching.abort();
    switching = new AbortController();
    const { signal } = switching;
    store.setState({ wanted });
    if (suspended) return;
    const settled = settle(wanted, signal);
    underWay.add(settled);
    await settled;
    underWay.delete(settled);
  }

  /** Never rejects. */
  async function settle(wanted: WantedSetup, signal: AbortSignal): Promise<void> {
    try {
      await bringAbout({ parts, seat, wanted, signal });
    } catch (error) {
      if (signal.aborted) return;
      notices.problem(problemOf(error, (detail) => ({ kind: 'worker-crashed', detail })));
      revertWanted();
    } finally {
      if (!signal.aborted) store.setState({ loading: { kind: 'idle' } });
    }
  }

  /** After a failed switch the controls show again what really runs. */
  function revertWanted(): void {
    if (current === null) return;
    const { backend } = current.description;
    const place = { kind: 'browser', backend, threads: null } as const;
    store.setState({ wanted: { ...setupOf(current.description), place } });
  }

  function lost(problem: Problem, segmenter: Segmenter): void {
    if (current !== segmenter) return;
    current = null;
    void pump.setSegmenter(null);
    void retire(segmenter);
    store.setState({ engine: { kind: 'none' } });
    const { backend } = segmenter.description;
    if (backend === 'wasm') {
      notices.problem(problem);
      return;
    }
    notices.problem(problem, 'Meanwhile the picture goes on with wasm.');
    void apply({ ...store.getState().wanted, place: WASM });
  }

  async function stop(): Promise<void> {
    switching.abort();
    const last = current;
    current = null;
    await pump.setSegmenter(null);
    if (last !== null) await retire(last);
  }

  return {
    apply,
    current: () => current,
    lost,
    closings,
    async suspend() {
      suspended = true;
      await stop();
      await Promise.all(underWay);
      // A segmenter that had just loaded may have been installed meanwhile.
      await stop();
      store.setState({ engine: { kind: 'none' }, loading: { kind: 'idle' } });
    },
    async resume() {
      if (!suspended) return;
      suspended = false;
      await apply(store.getState().wanted);
    },
    close: stop,
  };
}
