/** Gets from the wanted setup to a running segmenter: the backend the user chose, the remembered fastest one, or a race. */
import { isLitert } from '../../domain/backend.ts';
import { backendWords, type BrowserPlace, type WantedSetup } from '../../domain/setup.ts';
import type { Segmenter } from '../../segmentation/segmenter.ts';
import type { BackendTrial } from '../../app/session-store.ts';
import type { TrialKey } from './backend-memory.ts';
import { raceBackends } from './backend-race.ts';
import { fastest, timeSegmenter, WASM, whyChosen } from './backend-trials.ts';
import type { EngineParts } from './engine-control.types.ts';
import { progress01 } from './load-progress.ts';

/** Holds the running segmenter. */
export interface Seat {
  current(): Segmenter | null;
  /** Replaces the running segmenter and closes the old one. */
  install(segmenter: Segmenter, why: string): Promise<void>;
  retire(segmenter: Segmenter): Promise<void>;
}

export interface Switch {
  readonly parts: EngineParts;
  readonly seat: Seat;
  readonly wanted: WantedSetup;
  /** Aborted when the user wants something else. */
  readonly signal: AbortSignal;
}

/** @throws ProblemError; the previous segmenter then keeps running */
export async function bringAbout(change: Switch): Promise<void> {
  const { parts, seat, wanted } = change;
  const { modelId, inputSize, pipeline, place } = wanted;
  const { backend } = place;
  if (backend !== 'auto') {
    const segmenter = await open(change, { ...place, backend }, false);
    parts.store.setState({ trials: [] });
    await seat.install(segmenter, `${backend} was chosen by hand.`);
    return;
  }
  const key = { modelId, inputSize, pipeline, userAgent: parts.userAgent };
  if (await installRemembered(change, key)) return;
  parts.store.setState({ trials: [] });
  const wasm = await open(change, WASM, false);
  await seat.install(wasm, 'wasm starts fastest; the others are being looked at.');
  if (seat.current() === wasm) await race(change, wasm, key);
}

async function installRemembered(change: Switch, key: TrialKey): Promise<boolean> {
  const { parts, seat, signal } = change;
  const recalled = parts.memory.recall(key);
  if (recalled === null) return false;
  const trials: BackendTrial[] = recalled.map(({ backend, threads, medianMs, device }) => ({
    backend,
    threads,
    outcome: { kind: 'measured', medianMs, device, remembered: true },
  }));
  const best = fastest(trials) ?? WASM;
  try {
    // LiteRT.js's binary is 9 MB: on a fresh page another backend draws the first overlay while it loads.
    if (isLitert(best.backend) && seat.current() === null) {
      const first = await open(change, WASM, false);
      await seat.install(first, `wasm starts fastest; ${backendWords(best)}, the fastest, is being loaded.`);
    }
    const segmenter = await open(change, best, false);
    parts.store.setState({ trials });
    await seat.install(segmenter, whyChosen(best, trials));
    return true;
  } catch (error) {
    // The remembered backend may be gone today (another graphics card, a blocked driver): measure again.
    if (signal.aborted || best.backend === 'wasm') throw error;
    parts.memory.forget(key);
    return false;
  }
}

async function race(change: Switch, wasm: Segmenter, key: TrialKey): Promise<void> {
  const { parts, seat, wanted, signal } = change;
  const probed = await parts.probe();
  const outcome = await raceBackends(
    wasm,
    probed.filter((one) => one.kind === 'unusable' || canTry(parts, wanted, one)),
    {
      goesOn: () => !signal.aborted && seat.current() === wasm && parts.source() !== null,
      open: (place) => open(change, place, true),
      time: (segmenter, witness) => time(change, segmenter, witness),
      close: (segmenter) => seat.retire(segmenter),
    },
  );
  if (outcome === null) return;
  const { trials, chosen, winner } = outcome;
  parts.store.setState({ trials });
  parts.memory.remember(
    key,
    trials.flatMap(({ backend, threads, outcome: one }) =>
      one.kind === 'measured' ? [{ backend, threads, medianMs: one.medianMs, device: one.device }] : [],
    ),
  );
  await seat.install(winner, whyChosen(chosen, trials));
}

/** LiteRT.js has no stock pipeline. A .tflite already runs on it, so only a different thread count is worth trying. */
function canTry(
  parts: EngineParts,
  { modelId, pipeline }: WantedSetup,
  { backend, threads }: Pick<BrowserPlace, 'backend' | 'threads'>,
): boolean {
  if (!isLitert(backend)) return true;
  const { runtime } = parts.modelToLoad(modelId, pipeline);
  return pipeline === 'ours' && (runtime !== 'litert' || threads !== null);
}

async function open(change: Switch, place: BrowserPlace, measuring: boolean): Promise<Segmenter> {
  const { parts, seat, wanted, signal } = change;
  const { name } = parts.modelToLoad(wanted.modelId, wanted.pipeline);
  const label = `${name} on ${backendWords(place)}`;
  const segmenter = await parts.openSegmenter({ ...wanted, place }, signal, {
    contended: seat.current() !== null,
    onProgress(progress) {
      if (signal.aborted) return;
      const phase = measuring ? 'measuring' : progress.phase;
      parts.store.setState({
        loading: { kind: 'loading', label, phase, progress01: progress01(progress) },
      });
    },
  });
  if (!signal.aborted) return segmenter;
  await segmenter.close();
  throw new DOMException('Another choice was made meanwhile.', 'AbortError');
}

/** The live view is paused meanwhile, so that nothing else runs. */
async function time(
  { parts, signal }: Switch,
  segmenter: Segmenter,
  witness: Segmenter | null,
): Promise<number> {
  const source = parts.source();
  if (source === null) throw new Error('There is no source to measure with.');
  await parts.pump.hold();
  try {
    return await timeSegmenter(segmenter, source, parts.now, signal, witness);
  } finally {
    parts.pump.release();
  }
}
