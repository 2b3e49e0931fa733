/** Everything that was measured on this machine and says how long a configuration will take. */
import { useMemo } from 'react';
import { setupOf } from '../../../../domain/setup.ts';
import { useSessionState, useTiming } from '../../../live/ui/session-context.ts';
import { runsOf, useRunState } from '../run-context.ts';
import { basisOf, coldSum, type TimeBasis } from './time-estimate.ts';

/** Runs first, the newest before older ones, then the live view. */
export function useTimeBases(): readonly TimeBasis[] {
  const runs = runsOf(useRunState((state) => state.history));
  const engine = useSessionState((state) => state.engine);
  const frameMs = useTiming(
    (state) => state.snapshot?.rows.find(({ key }) => key === 'frame')?.median ?? null,
  );
  return useMemo(() => {
    const measured = runs.flatMap((run) => basisOf(run) ?? []);
    if (engine.kind === 'none' || frameMs === null) return measured;
    return [...measured, { setup: setupOf(engine.description), frameMs, coldMs: coldSum(engine.cold) }];
  }, [runs, engine, frameMs]);
}
