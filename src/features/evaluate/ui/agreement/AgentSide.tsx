/** Model, device and tail of a configuration on an agent. */
import { AGENT_DEVICES, MODEL_TAILS } from '../../../../domain/agent-description.ts';
import type { AgentSetup } from '../../../../domain/setup.ts';
import type { AgentFacts } from '../../../agents/public.ts';
import { TAIL_NOTES, deviceObstacle, deviceWords, tailObstacle } from '../../../agents/ui/public.ts';
import { Choice } from '../../../../ui-kit/Choice.tsx';
import { agentSide } from './agent-side.ts';

interface AgentSideProps {
  readonly side: AgentSetup;
  readonly facts: AgentFacts;
  readonly disabled: boolean;
  readonly onChange: (side: AgentSetup) => void;
}

export function AgentSide({ side, facts, disabled, onChange }: AgentSideProps) {
  const { modelId, place } = side;
  const model = facts.models.find((one) => one.modelId === modelId) ?? null;
  return (
    <>
      <Choice
        label="Model"
        className="field-model"
        groups={[
          {
            heading: null,
            options: facts.models.map(({ modelId: value, inputSize, inputType }) => ({
              value,
              label: value,
              notes: [`${inputSize} px, ${inputType}`],
            })),
          },
        ]}
        value={modelId}
        disabled={disabled}
        onChoose={(value) => onChange(agentSide({ ...side, modelId: value }, facts))}
      />
      <Choice
        label="Device"
        className="field-backend"
        groups={[
          {
            heading: null,
            options: AGENT_DEVICES.map((value) => {
              const obstacle = deviceObstacle(value, facts, model);
              return {
                value,
                label: deviceWords(value, facts.edgeTpu),
                ...(obstacle !== null && { unavailable: true, notes: [obstacle] }),
              };
            }),
          },
        ]}
        value={place.device}
        disabled={disabled}
        onChoose={(value) => {
          const device = AGENT_DEVICES.find((one) => one === value);
          if (device !== undefined) onChange({ ...side, place: { ...place, device } });
        }}
      />
      <Choice
        label="Tail"
        className="field-size"
        groups={[
          {
            heading: null,
            options: MODEL_TAILS.map((value) => {
              const obstacle = tailObstacle(value, model);
              return {
                value,
                label: value,
                notes: [obstacle ?? TAIL_NOTES[value]],
                unavailable: obstacle !== null,
              };
            }),
          },
        ]}
        value={place.tail}
        disabled={disabled}
        onChoose={(value) => {
          const tail = MODEL_TAILS.find((one) => one === value);
          if (tail !== undefined) onChange(agentSide({ ...side, place: { ...place, tail } }, facts));
        }}
      />
    </>
  );
}
