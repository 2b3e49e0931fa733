/** The line under the controls: what is loading, or what runs. Its height is fixed, so nothing jumps. */
import { useId } from 'react';
import { AgentsContext, CONNECTION_WORDS, agentWords, useShownAgent } from '../../../agents/ui/public.ts';
import type { EngineStatus, LoadingStatus, SourceStatus } from '../../../../app/session-store.ts';
import { formatShare } from '../../../../domain/quantity.ts';
import { useLiveAgents, useSessionState } from '../session-context.ts';
import styles from '../live.module.css';

type Phase = Extract<LoadingStatus, { kind: 'loading' }>['phase'];

const PHASE_WORDS: Readonly<Record<Phase, string>> = {
  start: 'starting the worker and the backend',
  download: 'downloading and checking the files',
  parse: 'decoding the weights',
  'first-inference': 'first inference',
  measuring: 'measuring the backends',
};

export function StatusLine() {
  const loading = useSessionState((state) => state.loading);
  const engine = useSessionState((state) => state.engine);
  const source = useSessionState((state) => state.source);
  const agents = useLiveAgents();
  return (
    <div className={styles.statusLine} data-testid="status-line">
      {loading.kind === 'loading' ? (
        <LoadingProgress loading={loading} />
      ) : (
        <span className="quiet">
          {agents === null ? (
            engineWords(engine)
          ) : (
            <AgentsContext value={agents}>
              <AgentWords />
            </AgentsContext>
          )}
          {` · ${sourceWords(source)}`}
        </span>
      )}
    </div>
  );
}

/** A labelled progress bar; it moves while the progress is unknown. */
export function LoadingProgress({
  loading,
}: {
  readonly loading: Extract<LoadingStatus, { kind: 'loading' }>;
}) {
  const id = useId();
  const { label, phase, progress01 } = loading;
  return (
    <div className="progress">
      <span id={id} className="progress-words">
        {label}: {PHASE_WORDS[phase]}
      </span>
      <span
        className={progress01 === null ? 'progress-track progress-unknown' : 'progress-track'}
        role="progressbar"
        aria-labelledby={id}
        aria-valuemin={0}
        aria-valuemax={100}
        {...(progress01 !== null && { 'aria-valuenow': Math.round(progress01 * 100) })}
      >
        <span className="progress-fill" style={{ transform: `scaleX(${progress01 ?? 1})` }} />
      </span>
      <span className="progress-share">{progress01 === null ? '' : formatShare(progress01)}</span>
    </div>
  );
}

/** The agent's setup, or why none runs. */
function AgentWords() {
  const agent = useShownAgent();
  if (agent === null) return 'No agent connected: enter its address and code beside the picture';
  const { address, connection, engine } = agent;
  if (connection.kind !== 'open') return `Agent ${address}: ${CONNECTION_WORDS[connection.kind]}`;
  switch (engine.kind) {
    case 'none':
      return `Agent ${address}: no model`;
    case 'loading':
      return `Agent ${address}: loading ${engine.wanted.modelId}…`;
    case 'failed':
      return `Agent ${address}: could not run the model`;
    case 'running':
      return agentWords(engine.description);
  }
}

function engineWords(engine: EngineStatus): string {
  if (engine.kind === 'none') return 'No model is running';
  const { modelName, backend, inputSize, pipeline, precision, runtime } = engine.description;
  return [modelName, `${runtime}, ${backend}`, `${inputSize} px`, precision, `pipeline ${pipeline}`].join(
    ' · ',
  );
}

function sourceWords(source: SourceStatus): string {
  switch (source.kind) {
    case 'none':
      return 'no source';
    case 'opening':
      return 'opening the source…';
    case 'failed':
      return 'source failed';
    case 'open':
      return `${source.label}, ${source.width} x ${source.height} px`;
  }
}
