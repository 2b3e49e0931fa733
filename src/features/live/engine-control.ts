/** Loads, switches and closes segmenters; the old one keeps drawing until the new one is warm. */
import { isLitert } from '../../domain/backend.ts';
import type { Preprocessing } from '../../domain/measuring/configuration.ts';
import { ProblemError, problemOf, type Problem } from '../../domain/problems/problem.ts';
import type { Segmenter } from '../../segmentation/segmenter.ts';
import type { BackendTrial, Wanted } from '../../app/session-store.ts';
import type { TrialKey } from './backend-memory.ts';
import { candidateName, fastest, isSameCandidate, timeSegmenter, whyChosen } from './backend-trials.ts';
import type { Candidate } from './backend-trials.ts';
import type { Closing, EngineControl, EngineParts } from './engine-control.types.ts';
import { progress01 } from './load-progress.ts';

const PREPROCESSING: Preprocessing = 'fit';

/** Where every choice starts. */
const WASM: Candidate = { backend: 'wasm', threads: null };

export function createEngineControl(parts: EngineParts): EngineControl {
  const { store, pump, notices } = parts;
  let current: Segmenter | null = null;
  let switching = new AbortController();
  const closings: Closing[] = [];
  const underWay = new Set<Promise<void>>();
  let suspended = false;

  async function retire(segmenter: Segmenter): Promise<void> {
    const left = await segmenter.close();
    closings.push({ modelId: segmenter.description.modelId, backend: segmenter.description.backend, left });
  }

  async function open(
    wanted: Wanted,
    candidate: Candidate,
    signal: AbortSignal,
    measuring: boolean,
  ): Promise<Segmenter> {
    const model = parts.modelToLoad(wanted.modelId, wanted.pipeline);
    const { backend, threads } = candidate;
    const label = `${model.name} on ${candidateName(candidate)}`;
    const segmenter = await parts.openSegmenter(
      {
        model,
        backend,
        ...(threads === null ? {} : { threads }),
        inputSize: wanted.inputSize,
        pipeline: wanted.pipeline,
        preprocessing: PREPROCESSING,
        contended: current !== null,
      },
      (progress) => {
        if (signal.aborted) return;
        const phase = measuring ? 'measuring' : progress.phase;
        store.setState({ loading: { kind: 'loading', label, phase, progress01: progress01(progress) } });
      },
      signal,
    );
    if (!signal.aborted) return segmenter;
    await segmenter.close();
    throw new DOMException('Another choice was made meanwhile.', 'AbortError');
  }

  /** It has no stock pipeline; and a .tflite runs on it anyway, so that only another number of threads is news. */
  function canTryLitert({ modelId, pipeline }: Wanted, threads: number | null): boolean {
    const { runtime } = parts.modelToLoad(modelId, pipeline);
    return pipeline === 'ours' && (runtime !== 'litert' || threads !== null);
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

  async function switchTo(wanted: Wanted, signal: AbortSignal): Promise<void> {
    if (wanted.backend !== 'auto') {
      const segmenter = await open(wanted, { backend: wanted.backend, threads: null }, signal, false);
      store.setState({ trials: [] });
      await install(segmenter, `${wanted.backend} was chosen by hand.`);
      return;
    }
    const { modelId, inputSize, pipeline } = wanted;
    const key = { modelId, inputSize, pipeline, userAgent: parts.userAgent };
    if (await installRemembered(wanted, key, signal)) return;
    store.setState({ trials: [] });
    await install(
      await open(wanted, WASM, signal, false),
      'wasm starts fastest; the others are being looked at.',
    );
    await tryOthers(wanted, key, signal);
  }

  async function installRemembered(wanted: Wanted, key: TrialKey, signal: AbortSignal): Promise<boolean> {
    const recalled = parts.memory.recall(key);
    if (recalled === null) return false;
    const trials: BackendTrial[] = recalled.map(({ backend, threads, medianMs, device }) => ({
      backend,
      threads,
      outcome: { kind: 'measured', medianMs, device, remembered: true },
    }));
    const best = fastest(trials) ?? WASM;
    try {
      // LiteRT.js's binary is 9 MB: on a fresh page somebody else shows the first overlay meanwhile.
      if (isLitert(best.backend) && current === null) {
        const first = await open(wanted, WASM, signal, false);
        await install(first, `wasm starts fastest; ${candidateName(best)}, the fastest, is being loaded.`);
      }
      const segmenter = await open(wanted, best, signal, false);
      store.setState({ trials });
      await install(segmenter, whyChosen(best, trials));
      return true;
    } catch (error) {
      // What was fastest once may be gone today (another graphics card, a blocked driver): measure anew.
      if (signal.aborted || best.backend === 'wasm') throw error;
      parts.memory.forget(key);
      return false;
    }
  }

  async function tryOthers(wanted: Wanted, key: TrialKey, signal: AbortSignal): Promise<void> {
    const wasm = current;
    if (wasm === null) return;
    const trials: BackendTrial[] = [];
    /** The fastest rival so far; each of them holds a copy of the model, so that a loser goes at once. */
    let leader: { readonly candidate: Candidate; readonly segmenter: Segmenter } | null = null;
    for (const probed of await parts.probe()) {
      if (signal.aborted) break;
      const { backend } = probed;
      if (probed.kind === 'unusable') {
        trials.push({ backend, threads: null, outcome: { kind: 'skipped', reason: probed.reason } });
        continue;
      }
      const { threads } = probed;
      const candidate = { backend, threads };
      if (isLitert(backend) && !canTryLitert(wanted, threads)) continue;
      let loser: Segmenter | null = null;
      try {
        const segmenter = await open(wanted, candidate, signal, true);
        loser = segmenter;
        trials.push(await timed(segmenter, candidate, signal, wasm));
        if (isSameCandidate(fastest(trials) ?? WASM, candidate)) {
          loser = leader?.segmenter ?? null;
          leader = { candidate, segmenter };
        }
      } catch (error) {
        const problem = problemOf(error, (detail) => ({ kind: 'backend-unavailable', backend, detail }));
        trials.push({
          backend,
          threads,
          outcome: { kind: 'failed', reason: new ProblemError(problem).message },
        });
      } finally {
        if (loser !== null) await retire(loser);
      }
    }
    try {
      if (signal.aborted || current !== wasm || parts.source() === null) return;
      trials.push(await timed(wasm, WASM, signal));
      const winner = fastest(trials) ?? WASM;
      store.setState({ trials });
      parts.memory.remember(
        key,
        trials.flatMap(({ backend, threads, outcome }) =>
          outcome.kind === 'measured'
            ? [{ backend, threads, medianMs: outcome.medianMs, device: outcome.device }]
            : [],
        ),
      );
      const best = leader !== null && isSameCandidate(leader.candidate, winner) ? leader : null;
      if (best !== null) leader = null;
      await install(best?.segmenter ?? wasm, whyChosen(best?.candidate ?? WASM, trials));
    } finally {
      if (leader !== null) await retire(leader.segmenter);
    }
  }

  async function timed(
    segmenter: Segmenter,
    candidate: Candidate,
    signal: AbortSignal,
    witness: Segmenter | null = null,
  ): Promise<BackendTrial> {
    const source = parts.source();
    if (source === null) throw new Error('There is no source to measure with.');
    const { device } = segmenter.description;
    await pump.hold();
    try {
      const medianMs = await timeSegmenter(segmenter, source, parts.now, signal, witness);
      return { ...candidate, outcome: { kind: 'measured', medianMs, device, remembered: false } };
    } finally {
      pump.release();
    }
  }

  async function apply(wanted: Wanted): Promise<void> {
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
  async function settle(wanted: Wanted, signal: AbortSignal): Promise<void> {
    try {
      await switchTo(wanted, signal);
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
    const { modelId, backend, pipeline, inputSize } = current.description;
    store.setState({ wanted: { modelId, backend, pipeline, inputSize } });
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
    void apply({ ...store.getState().wanted, backend: 'wasm' });
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
      // What had just been loaded may have been installed meanwhile.
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
