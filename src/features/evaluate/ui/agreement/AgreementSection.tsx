/** Two configurations on the live source, without any truth: do they agree, do they flicker, which classes swap. */
import { useCallback, useId, useState } from 'react';
import { useStore } from 'zustand';
import type { EngineStatus, ModelListing } from '../../../../app/session-store.ts';
import { describeProblem } from '../../../../domain/problems/problem.ts';
import { modelsOf } from '../../../../ui-kit/catalogue-models.ts';
import { classNames } from '../../../../ui-kit/class-names.ts';
import { saveFile } from '../../../../ui-kit/save-file.ts';
import { AgentConnections, useAgentsState } from '../../../agents/ui/public.ts';
import { useSessionState } from '../../../live/ui/public.ts';
import { connectedAgents } from '../../../runs/ui/public.ts';
import type { AgreementFormat } from '../../agreement-session.ts';
import type { AgreementPlan, AgreementState } from '../../agreement-store.ts';
import { useBusy, useEvaluationParts, useEvaluationState } from '../evaluation-context.ts';
import { AgreementReadings } from './AgreementReadings.tsx';
import { SideChoices } from './SideChoices.tsx';
import { resolveAuto, type BrowserSetup, type WantedSetup } from '../../../../domain/setup.ts';
import styles from '../evaluate.module.css';

const AGREEMENT_FORMATS: readonly AgreementFormat[] = ['csv', 'json'];

export function AgreementSection() {
  const { agreement: session } = useEvaluationParts();
  const status = useStore(session.agreement, (state) => state.status);
  const reading = useStore(session.agreement, (state) => state.reading);
  const anyBusy = useBusy();
  const catalogue = useSessionState((state) => state.catalogue);
  const models = modelsOf(catalogue).filter(({ availability }) => availability.kind === 'ready');
  const wanted = useSessionState((state) => state.wanted);
  const engine = useSessionState((state) => state.engine);
  /** null until one is changed: then the live view's own, which may still be loading. */
  const [chosen, setSides] = useState<AgreementPlan | null>(null);
  const sides: AgreementPlan = chosen ?? firstSides(wanted, engine, models);
  const live = firstSides(wanted, engine, models).first;
  const agents = useAgentsState((state) => state.agents);
  const connected = connectedAgents(agents);
  /** The plan has its own place to connect agents. */
  const planned = useEvaluationState(({ dataSet }) => dataSet.kind === 'ready' && dataSet.report.pairs > 0);
  const busy = status.kind === 'loading' || status.kind === 'running';
  const id = useId();
  const attach = useCallback((canvas: HTMLCanvasElement | null) => session.attachCanvas(canvas), [session]);
  return (
    <section className="view-part" aria-labelledby={id}>
      <h2 id={id}>Agreement without truth</h2>
      <p className="quiet">
        Runs the same live frames through two configurations, one after the other. Shows where they differ,
        not which one is right.
      </p>
      <div className={styles.sides}>
        <SideChoices
          title="First"
          side={sides.first}
          inBrowser={live}
          models={models}
          agents={connected}
          disabled={busy}
          onChange={(first) => setSides({ ...sides, first })}
        />
        <SideChoices
          title="Second"
          side={sides.second}
          inBrowser={live}
          models={models}
          agents={connected}
          disabled={busy}
          onChange={(second) => setSides({ ...sides, second })}
        />
      </div>
      {!planned && <AgentFold />}
      <div className="tools">
        <button
          type="button"
          className={classNames('button', !busy && 'button-strong')}
          disabled={!busy && (anyBusy || models.length === 0)}
          onClick={() => {
            if (busy) session.stop();
            else session.start(sides);
          }}
        >
          {busy ? 'Stop comparing' : 'Compare on the live source'}
        </button>
        {reading !== null && <SaveReading />}
        <StatusWords status={status} />
      </div>
      {(busy || reading !== null) && (
        <div className={styles.agreement}>
          <canvas
            ref={attach}
            className={styles.agreementCanvas}
            role="img"
            aria-label="The frame, with the pixels that differ marked"
          />
          {reading === null ? (
            <p className="quiet">No frame yet.</p>
          ) : (
            <AgreementReadings reading={reading} />
          )}
        </div>
      )}
    </section>
  );
}

function AgentFold() {
  return (
    <details className="fold">
      <summary>Use an agent for one of them</summary>
      <div className="fold-body">
        <AgentConnections />
      </div>
    </details>
  );
}

function SaveReading() {
  const { agreement: session } = useEvaluationParts();
  return AGREEMENT_FORMATS.map((format) => (
    <button
      key={format}
      type="button"
      className="button"
      onClick={() => {
        const file = session.exportReading(format);
        if (file !== null) saveFile(file);
      }}
    >
      Save as {format.toUpperCase()}
    </button>
  ));
}

const LOADING_WORDS = {
  first: 'Loading the first…',
  second: 'Loading the second…',
  source: 'Opening the source…',
} as const;

function StatusWords({ status }: { readonly status: AgreementState['status'] }) {
  if (status.kind === 'failed') {
    const { sentence, nextStep } = describeProblem(status.problem);
    return (
      <p role="alert">
        <strong>{sentence}</strong> {nextStep}
      </p>
    );
  }
  return (
    <p className="quiet" role="status">
      {status.kind === 'loading' && LOADING_WORDS[status.side]}
      {status.kind === 'running' && 'Comparing. The live view is paused.'}
      {status.kind === 'stopped' && 'Stopped. The figures cover the frames so far.'}
    </p>
  );
}

/** What runs live against itself at the next size: the smallest difference that can be seen at once. */
function firstSides(
  wanted: WantedSetup,
  engine: EngineStatus,
  models: readonly ModelListing[],
): { readonly first: BrowserSetup; readonly second: BrowserSetup } {
  const running = engine.kind === 'running' ? engine.description.backend : null;
  const first: BrowserSetup = { ...resolveAuto(wanted, running), pipeline: 'ours' };
  const sizes = models.find(({ id }) => id === wanted.modelId)?.inputSizes ?? [];
  const other = sizes.find((size) => size > first.inputSize) ?? sizes[0] ?? first.inputSize;
  return { first, second: { ...first, inputSize: other } };
}
