/** The numbers of the start, apart from the steady state. */
import { memo } from 'react';
import { formatMsUnit } from '../../../../domain/quantity.ts';
import { useSessionState } from '../session-context.ts';
import { Fact } from '../../../../ui-kit/Fact.tsx';

export const ColdNumbers = memo(function ColdNumbers() {
  const cold = useSessionState((state) => (state.engine.kind === 'running' ? state.engine.cold : null));
  return (
    <section className="panel-part">
      <h2>Cold start</h2>
      <dl className="facts facts-row">
        <Fact name="start">{formatMsUnit(cold?.startMs ?? null)}</Fact>
        <Fact name="download">{formatMsUnit(cold?.downloadMs ?? null)}</Fact>
        <Fact name="parse">{formatMsUnit(cold?.parseMs ?? null)}</Fact>
        <Fact name="first inference">{formatMsUnit(cold?.firstInferenceMs ?? null)}</Fact>
      </dl>
      {cold?.contended === true && (
        <p className="quiet">Measured while another model was running: upper bounds.</p>
      )}
    </section>
  );
});
