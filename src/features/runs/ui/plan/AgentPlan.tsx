/** The agents of a plan: connected here, then selected like any other axis. */
import { AGENT_DEVICES, MODEL_TAILS, type AgentDevice } from '../../../../domain/agent-description.ts';
import { CODEC_WORDS, FRAME_CODECS } from '../../../../domain/frame-codec.ts';
import { Marks, withMark } from '../../../../ui-kit/Marks.tsx';
import { NumberField } from '../../../../ui-kit/NumberField.tsx';
import type { AgentFacts, AgentState } from '../../../agents/agent-store.ts';
import { AgentConnections } from '../../../agents/ui/AgentPart.tsx';
import { deviceObstacle } from '../../../agents/ui/agent-obstacle.ts';
import { CODEC_NOTES, TAIL_NOTES, deviceWords } from '../../../agents/ui/agent-words.ts';
import { MOST_THREADS, agentModels, connectedAgents, withAddresses, type AgentMarks } from './agent-plan.ts';

interface AgentPlanProps {
  readonly marks: AgentMarks;
  readonly agents: readonly AgentState[];
  /** Pictures of an evaluation are always sent raw. */
  readonly withCodecs?: boolean;
  readonly onChange: (marks: AgentMarks) => void;
}

export function AgentPlan({ marks, agents, withCodecs = false, onChange }: AgentPlanProps) {
  const connected = connectedAgents(agents);
  return (
    <details className="fold" open={agents.length > 0}>
      <summary>Agents: measure other devices too</summary>
      {connected.length > 0 && (
        <AgentAxes marks={marks} agents={connected} withCodecs={withCodecs} onChange={onChange} />
      )}
      <div className="fold-body">
        <AgentConnections />
      </div>
    </details>
  );
}

/** @param props.agents only connected ones */
function AgentAxes({ marks, agents, withCodecs = false, onChange }: AgentPlanProps) {
  const addresses = agents.map(({ address }) => address);
  const models = agentModels(marks.addresses.length === 0 ? addresses : marks.addresses, agents);
  const modelIds = models.map(({ modelId }) => modelId);
  return (
    <div className="axes">
      <Marks
        legend="Agents"
        none=""
        marks={agents.map((agent) => ({
          value: agent.address,
          label: agent.address,
          note: machineWords(agent),
        }))}
        marked={marks.addresses}
        onMark={(address, marked) =>
          onChange(withAddresses(marks, withMark(marks.addresses, address, marked, addresses), agents))
        }
      />
      <Marks
        legend="Models on the agents"
        none="These agents have no models."
        marks={models.map(({ modelId, inputSize, inputType }) => ({
          value: modelId,
          label: modelId,
          note: `${inputSize} px, ${inputType}`,
        }))}
        marked={marks.modelIds}
        onMark={(modelId, marked) =>
          onChange({ ...marks, modelIds: withMark(marks.modelIds, modelId, marked, modelIds) })
        }
      />
      <Marks
        legend="Devices"
        none=""
        marks={AGENT_DEVICES.map((device) => deviceMark(device, agents))}
        marked={marks.devices}
        onMark={(device, marked) =>
          onChange({ ...marks, devices: withMark(marks.devices, device, marked, AGENT_DEVICES) })
        }
      />
      <Marks
        legend="Tails"
        none=""
        marks={MODEL_TAILS.map((tail) => ({ value: tail, label: tail, note: TAIL_NOTES[tail] }))}
        marked={marks.tails}
        onMark={(tail, marked) =>
          onChange({ ...marks, tails: withMark(marks.tails, tail, marked, MODEL_TAILS) })
        }
      />
      {withCodecs && (
        <Marks
          legend="Send frames as"
          none=""
          marks={FRAME_CODECS.map((codec) => ({
            value: codec,
            label: CODEC_WORDS[codec],
            note: CODEC_NOTES[codec],
          }))}
          marked={marks.codecs}
          onMark={(codec, marked) =>
            onChange({ ...marks, codecs: withMark(marks.codecs, codec, marked, FRAME_CODECS) })
          }
        />
      )}
      <div className="marks-group">
        <NumberField
          label="CPU threads"
          value={marks.threads}
          min={1}
          max={MOST_THREADS}
          onChange={(threads) => onChange({ ...marks, threads })}
        />
      </div>
    </div>
  );
}

function machineWords({ connection }: AgentState): string {
  if (connection.kind !== 'open') return '';
  const { host } = connection.facts;
  return `${host.board ?? `${host.system} ${host.architecture}`}, ${host.cores} cores`;
}

/** Named as a test double if any agent has only that; shows an obstacle only if all agents have one. */
function deviceMark(device: AgentDevice, agents: readonly AgentState[]) {
  const facts = agents.flatMap(({ connection }): readonly AgentFacts[] =>
    connection.kind === 'open' ? [connection.facts] : [],
  );
  const names = [...new Set(facts.map(({ edgeTpu }) => deviceWords(device, edgeTpu)))];
  const obstacles = facts.flatMap((one) => deviceObstacle(device, one, null) ?? []);
  const [obstacle] = obstacles;
  return {
    value: device,
    label: names.join(' or '),
    ...(obstacle !== undefined && obstacles.length === facts.length && { note: obstacle }),
  };
}
