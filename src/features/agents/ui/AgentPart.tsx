/** The agents: the state of each connection, facts about the one on display, and a form to connect another. */
import { memo, useEffect, useRef, useState } from 'react';
import { describeProblem, type Problem } from '../../../domain/problems/problem.ts';
import type { AgentState } from '../agent-store.ts';
import { useAgents, useAgentsState, useShownAgent } from './agents-context.ts';
import { CONNECTION_WORDS } from './agent-words.ts';
import { AgentFactsList } from './AgentFactsList.tsx';
import { AgentForm } from './AgentForm.tsx';
import styles from './agents.module.css';

/** As a section of the side panel. */
export const AgentPart = memo(function AgentPart() {
  return (
    <section className="panel-part">
      <h2>Agent</h2>
      <AgentConnections />
    </section>
  );
});

/** Without a section of its own. */
export function AgentConnections() {
  const agents = useAgentsState((state) => state.agents);
  const shown = useShownAgent();
  return (
    <>
      {agents.length === 0 ? (
        <p>No agent connected. Enter the address and the code that the agent printed when it started.</p>
      ) : (
        <ul className={styles.list}>
          {agents.map((agent) => (
            <AgentLine key={agent.id} agent={agent} shown={agent === shown} several={agents.length > 1} />
          ))}
        </ul>
      )}
      {shown?.connection.kind === 'open' && (
        <AgentFactsList facts={shown.connection.facts} engine={shown.engine} />
      )}
      {agents.length === 0 ? (
        <AgentForm />
      ) : (
        <details className={styles.moreAgents}>
          <summary>Connect another agent</summary>
          <AgentForm />
        </details>
      )}
    </>
  );
}

interface AgentLineProps {
  readonly agent: AgentState;
  readonly shown: boolean;
  readonly several: boolean;
}

function AgentLine({ agent, shown, several }: AgentLineProps) {
  const session = useAgents();
  const { id, address, connection, engine } = agent;
  return (
    <li>
      <div className={styles.head}>
        <p role="status">
          <strong>{address}</strong> <span className="quiet">{CONNECTION_WORDS[connection.kind]}</span>
        </p>
        {several &&
          (shown ? (
            <span className="quiet">shown</span>
          ) : (
            <button type="button" className="button" onClick={() => session.showAgent(id)}>
              Show
            </button>
          ))}
        {connection.kind === 'idle' && (
          <button type="button" className="button" onClick={() => session.reconnect(id, null)}>
            Connect
          </button>
        )}
        <button
          type="button"
          className="button"
          aria-label={`Disconnect ${address}`}
          onClick={() => session.removeAgent(id)}
        >
          Disconnect
        </button>
      </div>
      {connection.kind === 'waiting-to-reconnect' && (
        <>
          <ProblemWords problem={connection.problem} />
          <Countdown
            key={connection.attempt}
            agentId={id}
            retryMs={connection.retryMs}
            attempt={connection.attempt}
          />
        </>
      )}
      {connection.kind === 'open' && engine.kind === 'failed' && <ProblemWords problem={engine.problem} />}
      {connection.kind === 'refused' && (
        <>
          <ProblemWords problem={connection.problem} />
          <NewCode agentId={id} />
        </>
      )}
    </li>
  );
}

export function ProblemWords({ problem }: { readonly problem: Problem }) {
  const { sentence, nextStep } = describeProblem(problem);
  return (
    <p className={styles.problem} role="alert">
      <strong>{sentence}</strong> {nextStep}
    </p>
  );
}

interface CountdownProps {
  readonly agentId: string;
  readonly retryMs: number;
  readonly attempt: number;
}

function Countdown({ agentId, retryMs, attempt }: CountdownProps) {
  const session = useAgents();
  const seconds = useSecondsLeft(retryMs);
  return (
    <div className={styles.head}>
      <p>
        Attempt {String(attempt)} in <span className={styles.countdown}>{String(seconds)}</span> s
      </p>
      <button type="button" className="button" onClick={() => session.reconnect(agentId, null)}>
        Try now
      </button>
    </div>
  );
}

/** Whole seconds left of `waitMs` since the component mounted, >= 0. Give the component a new key for every wait. */
function useSecondsLeft(waitMs: number): number {
  const [leftMs, setLeftMs] = useState(waitMs);
  useEffect(() => {
    const endMs = Date.now() + waitMs;
    const timer = setInterval(() => setLeftMs(Math.max(0, endMs - Date.now())), 250);
    return () => clearInterval(timer);
  }, [waitMs]);
  return Math.ceil(leftMs / 1000);
}

/** After a refusal: retries the same agent, with a new code if one is entered. */
function NewCode({ agentId }: { readonly agentId: string }) {
  const session = useAgents();
  const code = useRef<HTMLInputElement>(null);
  return (
    <form
      className={styles.form}
      onSubmit={(event) => {
        event.preventDefault();
        const typed = code.current?.value.trim() ?? '';
        session.reconnect(agentId, typed === '' ? null : typed);
      }}
    >
      <label className={styles.input}>
        <span>Pairing code (leave empty to keep it)</span>
        <input ref={code} name="agent-new-code" spellCheck={false} autoComplete="off" />
      </label>
      <button type="submit" className="button">
        Try again
      </button>
    </form>
  );
}
