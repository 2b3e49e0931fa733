/** Which backend runs, why, on which device, and how the others did. */
import { memo } from 'react';
import type { SegmenterDescription } from '../../../../domain/measuring/configuration.ts';
import type { BackendTrial } from '../../../../app/session-store.ts';
import { UNKNOWN, formatMsUnit } from '../../../../domain/quantity.ts';
import { useSessionState } from '../session-context.ts';
import { BACKEND_WORDS } from '../../../../ui-kit/wording.ts';
import { Fact } from '../../../../ui-kit/Fact.tsx';
import styles from '../live.module.css';

export const BackendFacts = memo(function BackendFacts() {
  const engine = useSessionState((state) => state.engine);
  const trials = useSessionState((state) => state.trials);
  const isolated = useSessionState((state) => state.isolated);
  return (
    <section className="panel-part">
      <h2>Why this backend</h2>
      {engine.kind === 'none' ? (
        <p className="quiet">No backend is running yet.</p>
      ) : (
        <>
          <p>{engine.why}</p>
          <DeviceFacts description={engine.description} isolated={isolated} />
        </>
      )}
      {trials.length > 0 && <Trials trials={trials} />}
    </section>
  );
});

interface DeviceFactsProps {
  readonly description: SegmenterDescription;
  readonly isolated: boolean;
}

function DeviceFacts({ description, isolated }: DeviceFactsProps) {
  const { backend, runtime, device, softwareRendered, simd, threads, float16Textures } = description;
  return (
    <dl className="facts">
      <Fact name="runs on">
        {BACKEND_WORDS[backend]}, {runtime}
      </Fact>
      <Fact name="device">
        {device}
        {softwareRendered && ' (software rendering)'}
      </Fact>
      {simd !== null && <Fact name="SIMD">{simd ? 'yes' : 'no'}</Fact>}
      {threads !== null && <Fact name="threads">{String(threads)}</Fact>}
      {float16Textures !== null && (
        <Fact name="textures">{float16Textures ? 'float16, labels may differ' : 'float32'}</Fact>
      )}
      <Fact name="page">
        {isolated
          ? 'cross-origin isolated: threads and precise clocks available'
          : 'not cross-origin isolated: no threads, clock resolution 0.1 ms'}
      </Fact>
    </dl>
  );
}

function Trials({ trials }: { readonly trials: readonly BackendTrial[] }) {
  return (
    <div className="table-scroll" role="region" aria-label="Backend trials" tabIndex={0}>
      <table className={styles.trialTable}>
        <caption>Trials on this machine</caption>
        <thead>
          <tr>
            <th scope="col">backend</th>
            <th scope="col">median</th>
            <th scope="col">device or reason</th>
          </tr>
        </thead>
        <tbody>
          {trials.map(({ backend, threads, outcome }) => (
            <tr key={`${backend} ${String(threads)}`}>
              <th scope="row">
                {BACKEND_WORDS[backend]}
                {threads !== null && ` x ${threads}`}
              </th>
              <td>{outcome.kind === 'measured' ? formatMsUnit(outcome.medianMs) : UNKNOWN}</td>
              <td>{reasonOf(outcome)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function reasonOf(outcome: BackendTrial['outcome']): string {
  switch (outcome.kind) {
    case 'measured':
      return outcome.remembered ? `${outcome.device} (from an earlier visit)` : outcome.device;
    case 'skipped':
      return `skipped: ${outcome.reason}`;
    case 'failed':
      return `failed: ${outcome.reason}`;
  }
}
