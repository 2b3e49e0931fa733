/** Two configurations on the live source, without any truth: do they agree, do they flicker, which classes swap. */
import { useCallback, useId, useState } from 'react';
import { useStore } from 'zustand';
import { describeProblem } from '../../../../domain/problems/problem.ts';
import type { AgreementFormat } from '../../agreement-session.ts';
import { resolveAuto, type BrowserSetup, type WantedSetup } from '../../../../domain/setup.ts';
import type { AgreementPlan, AgreementState } from '../../agreement-store.ts';
import type { EngineStatus, ModelListing } from '../../../../app/session-store.ts';
import { modelsOf } from '../../../../ui-kit/catalogue-models.ts';
import { useSessionState } from '../../../live/ui/session-context.ts';
import { AgentConnections } from '../../../agents/ui/AgentPart.tsx';
import { useAgentsState } from '../../../agents/ui/agents-context.ts';
import { connectedAgents } from '../../../runs/ui/plan/agent-plan.ts';
import { useBusy, useEvaluationParts, useEvaluationState } from '../evaluation-context.ts';
import { saveFile } from '../save-export.ts';
import { AgreementReadings } from './AgreementReadings.tsx';
import { SideChoices } from './SideChoices.tsx';

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
  /** The plan has a place of its own where agents are connected. */
  const planned = useEvaluationState(({ dataSet }) => dataSet.kind === 'ready' && dataSet.report.pairs > 0);
  const busy = status.kind === 'loading' || status.kind === 'running';
  const id = useId();
  const attach = useCallback((canvas: HTMLCanvasElement | null) => session.attachCanvas(canvas), [session]);
  return (
    <section className="runs-part" aria-labelledby={id}>
      <h2 id={id}>Agreement without truth</h2>
      <p className="quiet">
        The same frames of the live source through two configurations, one after the other. Says where they
        differ, not which of them is right.
      </p>
      <div className="sides">
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
      {!planned && (
        <details className="agent-plan">
          <summary>An agent as one of the two</summary>
          <div className="agent-connections">
            <AgentConnections />
          </div>
        </details>
      )}
      <div className="tools">
        <button
          type="button"
          className={busy ? 'button' : 'button button-strong'}
          disabled={!busy && (anyBusy || models.length === 0)}
          onClick={() => {
            if (busy) session.stop();
            else session.start(sides);
          }}
        >
          {busy ? 'Stop comparing' : 'Compare on the live source'}
        </button>
        {reading !== null &&
          AGREEMENT_FORMATS.map((format) => (
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
          ))}
        <StatusWords status={status} />
      </div>
      {(busy || reading !== null) && (
        <div className="agreement">
          <canvas
            ref={attach}
            className="agreement-canvas"
            role="img"
            aria-label="The frame, with the pixels marked on which the two differ"
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
      {status.kind === 'running' && 'Comparing; the live view is paused meanwhile.'}
      {status.kind === 'stopped' && 'Stopped: the figures are of the frames until then.'}
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
