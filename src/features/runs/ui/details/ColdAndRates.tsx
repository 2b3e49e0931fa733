/** A run's numbers that are no stage: the cold start apart from the steady state, the rates, the memory. */
import type { RunRecord } from '../../../../domain/measuring/run.ts';
import type { RunSummary } from '../../../../domain/measuring/run-summary.ts';
import { Fact } from '../../../../ui-kit/Fact.tsx';
import {
  formatBytes,
  formatCount,
  formatMsUnit,
  formatRate,
  formatSpan,
} from '../../../../domain/quantity.ts';

interface ColdAndRatesProps {
  readonly run: RunRecord;
  readonly summary: RunSummary;
}

export function ColdAndRates({ run: { cold, memory }, summary: { rates, durationMs } }: ColdAndRatesProps) {
  return (
    <>
      <section>
        <h3>Rates</h3>
        <dl className="facts facts-row">
          <Fact name="frames/s end to end">{formatRate(rates.framesPerSecond)}</Fact>
          <Fact name="model rate/s">{formatRate(rates.modelPerSecond)}</Fact>
          <Fact name="source pictures/s">{formatRate(rates.sourcePerSecond)}</Fact>
          <Fact name="skipped">{formatCount(rates.skipped)}</Fact>
          <Fact name="counted for">{formatSpan(durationMs / 1000)}</Fact>
        </dl>
      </section>
      <section>
        <h3>Cold start</h3>
        <dl className="facts facts-row">
          <Fact name="start">{formatMsUnit(cold.startMs)}</Fact>
          <Fact name="download">{formatMsUnit(cold.downloadMs)}</Fact>
          <Fact name="parse">{formatMsUnit(cold.parseMs)}</Fact>
          <Fact name="first inference">{formatMsUnit(cold.firstInferenceMs)}</Fact>
          <Fact name="tensors">
            {formatCount(memory.tensorsAfter)}, {formatBytes(memory.bytesAfter)}
          </Fact>
        </dl>
        {cold.contended && <p className="quiet">Measured while another model was running: upper bounds.</p>}
      </section>
    </>
  );
}
