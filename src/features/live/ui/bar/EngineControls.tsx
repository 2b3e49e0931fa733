/** Backend, input size and pipeline of the chosen model. */
import { BACKENDS, isBackend } from '../../../../domain/backend.ts';
import { PIPELINES } from '../../../../domain/measuring/configuration.ts';
import { useSession, useSessionState } from '../session-context.ts';
import { BACKEND_NOTES, BACKEND_WORDS, PIPELINE_NOTES, PIPELINE_WORDS } from '../../../../ui-kit/wording.ts';
import { Choice } from '../../../../ui-kit/Choice.tsx';
import { modelsOf } from '../../../../ui-kit/catalogue-models.ts';

interface BackendControlProps {
  /** Also offers an agent; only where the page can connect one. */
  readonly agents?: boolean;
}

const AGENT = 'agent';
const AGENT_OPTION = {
  value: AGENT,
  label: 'agent',
  notes: ["another device: TensorFlow Lite on an agent's CPU or Edge TPU"],
};

export function BackendControl({ agents = false }: BackendControlProps) {
  const session = useSession();
  const place = useSessionState((state) => state.place);
  const wanted = useSessionState((state) => state.wanted.place.backend);
  const running = useSessionState((state) =>
    state.engine.kind === 'running' ? state.engine.description.backend : null,
  );
  const options = (['auto', ...BACKENDS] as const).map((value) => ({
    value,
    label: BACKEND_WORDS[value],
    notes: [BACKEND_NOTES[value]],
  }));
  return (
    <Choice
      label="Backend"
      className="field-backend"
      groups={[
        { heading: null, options },
        ...(agents ? [{ heading: 'Other devices', options: [AGENT_OPTION] }] : []),
      ]}
      value={place === 'agent' ? AGENT : wanted}
      shown={
        place === 'agent'
          ? AGENT
          : wanted === 'auto' && running !== null
            ? `auto (${BACKEND_WORDS[running]})`
            : BACKEND_WORDS[wanted]
      }
      onChoose={(next) => {
        if (next === AGENT) session.chooseAgent();
        else if (next === 'auto' || isBackend(next)) session.chooseBackend(next);
      }}
    />
  );
}

export function SizeControl() {
  const session = useSession();
  const inputSize = useSessionState((state) => state.wanted.inputSize);
  const model = useSessionState((state) =>
    modelsOf(state.catalogue).find(({ id }) => id === state.wanted.modelId),
  );
  const sizes = model?.inputSizes ?? [inputSize];
  return (
    <Choice
      label="Size"
      className="field-size"
      groups={[
        {
          heading: null,
          options: sizes.map((size) => ({ value: String(size), label: `${size} px` })),
        },
      ]}
      value={String(inputSize)}
      shown={`${inputSize} px`}
      onChoose={(next) => session.chooseInputSize(Number(next))}
    />
  );
}

export function PipelineControl() {
  const session = useSession();
  const wanted = useSessionState((state) => state.wanted.pipeline);
  const model = useSessionState((state) =>
    modelsOf(state.catalogue).find(({ id }) => id === state.wanted.modelId),
  );
  const options = PIPELINES.map((value) => {
    const can = model?.pipelines.includes(value) ?? value === wanted;
    return {
      value,
      label: PIPELINE_WORDS[value],
      notes: [PIPELINE_NOTES[value], ...(can ? [] : ['This model does not support it.'])],
      unavailable: !can,
    };
  });
  return (
    <Choice
      label="Pipeline"
      className="field-pipeline"
      groups={[{ heading: null, options }]}
      value={wanted}
      onChoose={(next) => {
        const chosen = PIPELINES.find((pipeline) => pipeline === next);
        if (chosen !== undefined) session.choosePipeline(chosen);
      }}
    />
  );
}
