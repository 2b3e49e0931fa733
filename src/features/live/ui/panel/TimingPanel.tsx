/** The side panel: rates, stages, cold start, memory, backend and model, or the agent. */
import { memo, type ReactNode } from 'react';
import type { MemoryReading } from '../../../../domain/measuring/timing-snapshot.ts';
import { Fact } from '../../../../ui-kit/Fact.tsx';
import { formatBytes, formatCount, formatMsUnit, formatRate } from '../../../../domain/quantity.ts';
import { AgentPart, AgentsContext, useShownAgent } from '../../../agents/ui/public.ts';
import { useLiveAgents, useSessionState, useTiming } from '../session-context.ts';
import { BackendFacts } from './BackendFacts.tsx';
import { ModelCard } from './ModelCard.tsx';
import { Stages } from './Stages.tsx';
import styles from '../live.module.css';

export function TimingPanel() {
  const agents = useLiveAgents();
  return (
    <section className="panel" aria-label="Measurements" tabIndex={0}>
      {agents === null ? (
        <>
          <Rates />
          <Stages />
          <ColdNumbers />
          <MemoryLine />
          <BackendFacts />
          <ModelCard />
        </>
      ) : (
        <AgentsContext value={agents}>
          <AroundAgent>
            <Rates />
            <Stages />
          </AroundAgent>
        </AgentsContext>
      )}
    </section>
  );
}

/** Connecting comes first: without a running agent, the numbers are not its own. */
function AroundAgent({ children }: { readonly children: ReactNode }) {
  const running = useShownAgent()?.engine.kind === 'running';
  return (
    <>
      {!running && <AgentPart />}
      {running && children}
      {running && <AgentPart />}
    </>
  );
}

/** The three rates, each under its own name, and the skipped pictures. */
const Rates = memo(function Rates() {
  const rates = useTiming((state) => state.snapshot?.rates ?? null);
  return (
    <dl className={styles.rates} data-testid="rates">
      <Rate
        name="frames/s end to end"
        meaning="Frames painted per second of wall-clock time"
        value={formatRate(rates?.framesPerSecond ?? null)}
      />
      <Rate
        name="model rate"
        note="1000 / median inference"
        meaning="What the network alone could sustain; not a frame rate"
        value={formatRate(rates?.modelPerSecond ?? null)}
      />
      <Rate
        name="source pictures/s"
        meaning="New pictures that the source delivered per second"
        value={formatRate(rates?.sourcePerSecond ?? null)}
      />
      <Rate
        name="skipped"
        note="source pictures"
        meaning="Source pictures that arrived while a frame was in flight"
        value={formatCount(rates?.skipped ?? null)}
      />
    </dl>
  );
});

interface RateProps {
  readonly name: string;
  readonly note?: string;
  readonly meaning: string;
  readonly value: string;
}

function Rate({ name, note, meaning, value }: RateProps) {
  return (
    <div className={styles.rate} title={meaning}>
      <dt>
        {name} {note !== undefined && <span className={styles.rateNote}>{note}</span>}
      </dt>
      <dd>{value}</dd>
    </div>
  );
}

/** The cold-start numbers, separate from the steady state. */
const ColdNumbers = memo(function ColdNumbers() {
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
        <p className="quiet">Measured while another model was running: these are upper bounds.</p>
      )}
    </section>
  );
});

/** Tensors and bytes that the runtime holds, and whether they grow. */
const MemoryLine = memo(function MemoryLine() {
  const memory = useTiming((state) => state.snapshot?.memory ?? null);
  const runtime = useSessionState(({ engine }) =>
    engine.kind === 'running' ? engine.description.runtime : '',
  );
  return (
    <section className="panel-part">
      <h2>Memory</h2>
      <dl className="facts facts-row">
        <Fact name="tensors">{formatCount(memory?.tensors ?? null)}</Fact>
        <Fact name="bytes">{formatBytes(memory?.bytes ?? null)}</Fact>
        <Fact name="verdict">{memory === null ? 'not measured yet' : verdictWords(memory)}</Fact>
      </dl>
      {runtime.startsWith('LiteRT.js') && (
        <p className="quiet">
          LiteRT.js does not report what its network uses: only the tensors passed in and out are counted, and
          there are none between frames.
        </p>
      )}
    </section>
  );
});

function verdictWords({ verdict, tensorsGrown }: MemoryReading): string {
  switch (verdict) {
    case 'measuring':
      return 'measuring…';
    case 'steady':
      return 'steady, no leak';
    case 'growing':
      return `growing, ${formatCount(tensorsGrown)} more tensors than after loading`;
  }
}
