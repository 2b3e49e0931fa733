/** Times the candidates one by one against the one that runs, and keeps no more of them loaded than it must. */
import type { BackendTrial } from '../../app/session-store.ts';
import { ProblemError, problemOf } from '../../domain/problems/problem.ts';
import type { ProbedBackend } from './backend-probe.ts';
import { fastest, isSameCandidate, WASM, type Candidate } from './backend-trials.ts';

export interface RaceParts<Rival> {
  /** False as soon as nobody waits for the outcome. */
  goesOn(): boolean;
  open(candidate: Candidate): Promise<Rival>;
  /** ms. Rejects where its labels are not those of the witness. */
  time(rival: Rival, witness: Rival | null): Promise<number>;
  close(rival: Rival): Promise<void>;
}

export interface RaceOutcome<Rival> {
  readonly trials: readonly BackendTrial[];
  readonly chosen: Candidate;
  /** Loaded; all others but the one on WASM are closed. */
  readonly winner: Rival;
}

/**
 * Each rival holds a copy of the model, so that a loser is closed at once: never more are loaded than the one on WASM,
 * the fastest so far and the one that is timed.
 * @param wasm runs already and is timed last; it is the witness of all others
 * @returns null where it was given up; then every rival is closed
 */
export async function raceBackends<Rival extends { readonly description: { readonly device: string } }>(
  wasm: Rival,
  probed: readonly ProbedBackend[],
  parts: RaceParts<Rival>,
): Promise<RaceOutcome<Rival> | null> {
  const trials: BackendTrial[] = [];

  async function timed(candidate: Candidate, rival: Rival, witness: Rival | null): Promise<void> {
    const medianMs = await parts.time(rival, witness);
    const { device } = rival.description;
    trials.push({ ...candidate, outcome: { kind: 'measured', medianMs, device, remembered: false } });
  }

  /** @returns the faster of leader and rival; the other is closed */
  async function challenge(leader: Rival | null, { backend, threads }: Candidate): Promise<Rival | null> {
    const candidate = { backend, threads };
    let loser: Rival | null = null;
    try {
      const rival = await parts.open(candidate);
      loser = rival;
      await timed(candidate, rival, wasm);
      if (!isSameCandidate(fastest(trials) ?? WASM, candidate)) return leader;
      loser = leader;
      return rival;
    } catch (error) {
      const problem = problemOf(error, (detail) => ({ kind: 'backend-unavailable', backend, detail }));
      trials.push({ ...candidate, outcome: { kind: 'failed', reason: new ProblemError(problem).message } });
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
      if (one.kind === 'usable') leader = await challenge(leader, one);
      else
        trials.push({
          backend: one.backend,
          threads: null,
          outcome: { kind: 'skipped', reason: one.reason },
        });
    }
    if (!parts.goesOn()) return null;
    await timed(WASM, wasm, null);
    const chosen = fastest(trials) ?? WASM;
    winner = isSameCandidate(chosen, WASM) || leader === null ? wasm : leader;
    return { trials, chosen, winner };
  } finally {
    if (leader !== null && leader !== winner) await parts.close(leader);
  }
}
