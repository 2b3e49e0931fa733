/** Times the candidates one by one against the running segmenter, and keeps as few of them loaded as possible. */
import type { BackendTrial } from '../../app/session-store.ts';
import type { BrowserPlace } from '../../domain/setup.ts';
import { ProblemError, problemOf } from '../../domain/problems/problem.ts';
import type { ProbedBackend } from './backend-probe.ts';
import { fastest, isSamePlace, WASM } from './backend-trials.ts';

export interface RaceParts<Rival> {
  /** False once the outcome is no longer needed. */
  goesOn(): boolean;
  open(place: BrowserPlace): Promise<Rival>;
  /** ms. Rejects if its labels differ from those of the witness. */
  time(rival: Rival, witness: Rival | null): Promise<number>;
  close(rival: Rival): Promise<void>;
}

export interface RaceOutcome<Rival> {
  readonly trials: readonly BackendTrial[];
  readonly chosen: BrowserPlace;
  /** Loaded; all others except the one on WASM are closed. */
  readonly winner: Rival;
}

/**
 * Each rival holds a copy of the model, so a loser is closed at once. At most three are loaded: the one on WASM,
 * the fastest so far and the one being timed.
 * @param wasm already runs and is timed last; it is the witness for all others
 * @returns null if the race was cancelled; then every rival is closed
 */
export async function raceBackends<Rival extends { readonly description: { readonly device: string } }>(
  wasm: Rival,
  probed: readonly ProbedBackend[],
  parts: RaceParts<Rival>,
): Promise<RaceOutcome<Rival> | null> {
  const trials: BackendTrial[] = [];

  async function timed(
    { backend, threads }: BrowserPlace,
    rival: Rival,
    witness: Rival | null,
  ): Promise<void> {
    const medianMs = await parts.time(rival, witness);
    const { device } = rival.description;
    trials.push({ backend, threads, outcome: { kind: 'measured', medianMs, device, remembered: false } });
  }

  /** @returns the faster of leader and rival; the other is closed */
  async function challenge(leader: Rival | null, place: BrowserPlace): Promise<Rival | null> {
    const { backend, threads } = place;
    let loser: Rival | null = null;
    try {
      const rival = await parts.open(place);
      loser = rival;
      await timed(place, rival, wasm);
      if (!isSamePlace(fastest(trials) ?? WASM, place)) return leader;
      loser = leader;
      return rival;
    } catch (error) {
      const problem = problemOf(error, (detail) => ({ kind: 'backend-unavailable', backend, detail }));
      trials.push({
        backend,
        threads,
        outcome: { kind: 'failed', reason: new ProblemError(problem).message },
      });
      return leader;
    } finally {
      if (loser !== null) await parts.close(loser);
    }
  }

  let leader: Rival | null = null;
  let winner: Rival | null = null;
  try {
    for (const one of probed) {
      if (!parts.goesOn()) return null;
      if (one.kind === 'usable') {
        const { backend, threads } = one;
        leader = await challenge(leader, { kind: 'browser', backend, threads });
      } else
        trials.push({
          backend: one.backend,
          threads: null,
          outcome: { kind: 'skipped', reason: one.reason },
        });
    }
    if (!parts.goesOn()) return null;
    await timed(WASM, wasm, null);
    const chosen = fastest(trials) ?? WASM;
    winner = isSamePlace(chosen, WASM) || leader === null ? wasm : leader;
    return { trials, chosen, winner };
  } finally {
    if (leader !== null && leader !== winner) await parts.close(leader);
  }
}
