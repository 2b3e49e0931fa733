/** Controls for the agent on display and what it runs: model, device, tail, threads. */
import { AGENT_DEVICES, MODEL_TAILS, type ModelTail } from '../../../domain/agent-description.ts';
import type { AgentChange, AgentFacts, AgentModelListing, AgentState } from '../agent-store.ts';
import type { AgentSetup } from '../../../domain/setup.ts';
import { Choice, type ChoiceGroup, type ChoiceOption } from '../../../ui-kit/Choice.tsx';
import { formatBytes } from '../../../domain/quantity.ts';
import { deviceObstacle, tailObstacle } from './agent-obstacle.ts';
import { useAgents, useAgentsState, useShownAgent } from './agents-context.ts';
import { CONNECTION_WORDS, TAIL_NOTES, deviceWords } from './agent-words.ts';
import styles from './agents.module.css';

const MOST_THREADS = 8;

export function AgentControls() {
  return (
    <>
      <AgentChoice />
      <NetworkChoices />
    </>
  );
}

function AgentChoice() {
  const session = useAgents();
  const agents = useAgentsState((state) => state.agents);
  const shown = useShownAgent();
  const options = agents.map(({ id, address, connection }) => ({
    value: id,
    label: address,
    notes: [CONNECTION_WORDS[connection.kind]],
  }));
  return (
    <Choice
      label="Agent"
      className={styles.fieldAgent}
      groups={[{ heading: null, options }]}
      value={shown?.id ?? ''}
      disabled={agents.length === 0}
      onChoose={(id) => session.showAgent(id)}
    />
  );
}

function NetworkChoices() {
  const session = useAgents();
  const agent = useShownAgent();
  const ready = readyOf(agent);
  const choose = (change: AgentChange) => {
    if (agent !== null) session.chooseOnAgent(agent.id, change);
  };
  const model = ready?.facts.models.find(({ modelId }) => modelId === ready.wanted.modelId) ?? null;
  const threads = Math.min(MOST_THREADS, ready?.facts.host.cores ?? 1);
  return (
    <>
      <Choice
        label="Model on the agent"
        className={styles.fieldAgentModel}
        groups={ready === null ? [] : modelGroups(ready.facts)}
        value={ready?.wanted.modelId ?? ''}
        disabled={ready === null}
        onChoose={(modelId) => choose({ modelId })}
      />
      <Choice
        label="Device"
        className={styles.fieldDevice}
        groups={[{ heading: null, options: ready === null ? [] : deviceOptions(ready.facts, model) }]}
        value={ready?.wanted.place.device ?? ''}
        disabled={ready === null}
        onChoose={(next) => {
          const device = AGENT_DEVICES.find((candidate) => candidate === next);
          if (device !== undefined) choose({ device });
        }}
      />
      <Choice
        label="Tail"
        className={styles.fieldTail}
        groups={[{ heading: null, options: MODEL_TAILS.map((tail) => tailOption(tail, model)) }]}
        value={ready?.wanted.place.tail ?? ''}
        disabled={ready === null}
        onChoose={(next) => {
          const tail = MODEL_TAILS.find((candidate) => candidate === next);
          if (tail !== undefined) choose({ tail });
        }}
      />
      <Choice
        label="Threads"
        className={styles.fieldThreads}
        groups={[{ heading: null, options: Array.from({ length: threads }, (_, i) => plain(String(i + 1))) }]}
        value={ready === null ? '' : String(ready.wanted.place.threads)}
        disabled={ready === null}
        onChoose={(next) => choose({ threads: Number(next) })}
      />
    </>
  );
}

interface Ready {
  readonly facts: AgentFacts;
  readonly wanted: AgentSetup;
}

function readyOf(agent: AgentState | null): Ready | null {
  if (agent?.connection.kind !== 'open' || agent.wanted === null) return null;
  return { facts: agent.connection.facts, wanted: agent.wanted };
}

const plain = (label: string): ChoiceOption => ({ value: label, label });

function modelGroups({ models, unusableModels }: AgentFacts): readonly ChoiceGroup[] {
  const usable = models.map(({ modelId, inputSize, inputType, bytes, edgeTpuTwin }): ChoiceOption => ({
    value: modelId,
    label: modelId,
    notes: [
      `${inputSize} px, ${inputType}, ${formatBytes(bytes)}`,
      edgeTpuTwin === null ? 'CPU only' : 'also compiled for the Edge TPU',
    ],
  }));
  const unusable = unusableModels.map(({ modelId, reason }): ChoiceOption => ({
    value: modelId,
    label: modelId,
    notes: [reason],
    unavailable: true,
  }));
  return [
    { heading: null, options: usable },
    { heading: 'Cannot run', options: unusable },
  ].filter(({ options }) => options.length > 0);
}

function deviceOptions(facts: AgentFacts, model: AgentModelListing | null): readonly ChoiceOption[] {
  return AGENT_DEVICES.map((device) => {
    const obstacle = deviceObstacle(device, facts, model);
    return {
      value: device,
      label: deviceWords(device, facts.edgeTpu),
      notes: [obstacle ?? (device === 'cpu' ? facts.engineSentence : facts.edgeTpu.sentence)],
      unavailable: obstacle !== null,
    };
  });
}

function tailOption(tail: ModelTail, model: AgentModelListing | null): ChoiceOption {
  const obstacle = tailObstacle(tail, model);
  const notes = [TAIL_NOTES[tail], ...(obstacle === null ? [] : [obstacle])];
  return { value: tail, label: tail, notes, unavailable: obstacle !== null };
}
