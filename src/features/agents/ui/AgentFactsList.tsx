/** Facts about the agent on display: device, library, Edge TPU, machine. */
import { usbPort } from '../../../domain/agent-description.ts';
import type { AgentEngineStatus, AgentFacts, CoralStick } from '../agent-store.ts';
import { Fact } from '../../../ui-kit/Fact.tsx';
import { formatMsUnit } from '../../../domain/quantity.ts';
import { versionWords } from './agent-words.ts';

interface AgentFactsListProps {
  readonly facts: AgentFacts;
  readonly engine: AgentEngineStatus;
}

export function AgentFactsList({ facts, engine }: AgentFactsListProps) {
  const { host, edgeTpu } = facts;
  return (
    <>
      <dl className="facts">
        <Fact name="runs on">{engineWords(engine)}</Fact>
        <Fact name="library">
          {facts.engine === null ? facts.engineSentence : versionWords(facts.engine)}
        </Fact>
        <Fact name={edgeTpu.testDouble ? 'TEST DOUBLE' : 'Edge TPU'}>{edgeTpu.sentence}</Fact>
        {edgeTpu.stick !== null && <Fact name="stick">{stickWords(edgeTpu.stick)}</Fact>}
        <Fact name="machine">
          {[host.board ?? 'board unknown', `${host.system} ${host.architecture}`, `${host.cores} cores`].join(
            ', ',
          )}
        </Fact>
        <Fact name="agent">
          version {facts.agentVersion}, Node {host.node}
        </Fact>
      </dl>
      {engine.kind === 'running' && (
        <dl className="facts facts-row">
          <Fact name="read">{formatMsUnit(engine.cold.readMs)}</Fact>
          <Fact name="prepare">{formatMsUnit(engine.cold.prepareMs)}</Fact>
          <Fact name="first inference">{formatMsUnit(engine.cold.firstInvokeMs)}</Fact>
        </dl>
      )}
    </>
  );
}

function engineWords(engine: AgentEngineStatus): string {
  switch (engine.kind) {
    case 'none':
      return 'nothing yet';
    case 'loading':
      return `loading ${engine.wanted.modelId}…`;
    case 'failed':
      return 'nothing: the last model failed';
    case 'running':
      return engine.deviceName;
  }
}

function stickWords({ state, megabitsPerSecond, permitted }: CoralStick): string {
  const port = usbPort(megabitsPerSecond);
  return [
    port === null ? 'port speed unknown' : `${port} port`,
    ...(port === 'USB 2' ? ['use a blue USB 3 port: it is faster'] : []),
    state === 'running' ? 'running' : 'firmware loads on first use',
    ...(permitted ? [] : ['no permission: add this user to the plugdev group']),
  ].join('; ');
}
