/** The form for an evaluation: models, backends, pre-processing, sizes, pictures, and the start button. */
import { useId, useMemo, useState } from 'react';
import type { SessionState } from '../../../../app/session-store.ts';
import type { DataSetReport } from '../../../../domain/accuracy/evaluation.ts';
import { UPSAMPLINGS } from '../../../../domain/labels/axis-weights.ts';
import { PREPROCESSINGS } from '../../../../domain/measuring/configuration.ts';
import {
  BackendMarks,
  ModelMarks,
  PipelineMarks,
  SizeMarks,
} from '../../../../ui-kit/ConfigurationMarks.tsx';
import { LeftOutList } from '../../../../ui-kit/LeftOutList.tsx';
import { Marks, withMark } from '../../../../ui-kit/Marks.tsx';
import { modelsOf } from '../../../../ui-kit/catalogue-models.ts';
import { counted, formatCount } from '../../../../domain/quantity.ts';
import { useAgentsState } from '../../../agents/ui/agents-context.ts';
import { useSession, useSessionState } from '../../../live/ui/session-context.ts';
import { AgentPlan } from '../../../runs/ui/plan/AgentPlan.tsx';
import { NO_AGENTS } from '../../../runs/ui/plan/agent-plan.ts';
import { sizesOf } from '../../../runs/ui/plan/plan-draft.ts';
import { useBusy, useEvaluation } from '../evaluation-context.ts';
import { PREPROCESSING_NOTES, UPSAMPLING_NOTES, UPSAMPLING_WORDS } from '../evaluation-words.ts';
import { PictureFields } from './PictureFields.tsx';
import { evaluationOf, plannedPictures, type EvaluationDraft } from './evaluation-draft.ts';
import { resolveAuto } from '../../../../domain/setup.ts';

export function EvaluationPlanSection({ report }: { readonly report: DataSetReport }) {
  const live = useSession();
  const catalogue = useSessionState((state) => state.catalogue);
  const models = modelsOf(catalogue);
  const [draft, setDraft] = useState(() => firstDraft(live.session.getState()));
  const change = (part: Partial<EvaluationDraft>) => setDraft({ ...draft, ...part });
  const agents = useAgentsState((state) => state.agents);
  const id = useId();
  const ready = models.filter(({ availability }) => availability.kind === 'ready');
  const sizes = sizesOf(draft.modelIds, ready);
  // The list of an earlier data set may not exist in this one.
  const list = report.lists.some(({ name }) => name === draft.list) ? draft.list : null;
  return (
    <section className="view-part" aria-labelledby={id}>
      <h2 id={id}>What to score</h2>
      <div className="axes">
        <ModelMarks
          loading={catalogue.kind === 'loading'}
          models={ready}
          marked={draft.modelIds}
          onChange={(modelIds) => {
            const offered = sizesOf(modelIds, ready);
            const kept = draft.inputSizes.filter((size) => offered.includes(size));
            change({ modelIds, inputSizes: kept.length > 0 ? kept : offered.slice(0, 1) });
          }}
        />
        <BackendMarks marked={draft.backends} onChange={(backends) => change({ backends })} />
        <Marks
          legend="Pre-processing"
          none=""
          marks={PREPROCESSINGS.map((value) => ({ value, label: value, note: PREPROCESSING_NOTES[value] }))}
          marked={draft.preprocessings}
          onMark={(value, marked) =>
            change({ preprocessings: withMark(draft.preprocessings, value, marked, PREPROCESSINGS) })
          }
        />
        <Marks
          legend="Upsampling"
          none=""
          marks={UPSAMPLINGS.map((value) => ({
            value,
            label: UPSAMPLING_WORDS[value],
            note: UPSAMPLING_NOTES[value],
          }))}
          marked={draft.upsamplings}
          onMark={(value, marked) =>
            change({ upsamplings: withMark(draft.upsamplings, value, marked, UPSAMPLINGS) })
          }
        />
        <SizeMarks
          sizes={sizes}
          marked={draft.inputSizes}
          onChange={(inputSizes) => change({ inputSizes })}
        />
        <PipelineMarks marked={draft.pipelines} onChange={(pipelines) => change({ pipelines })} />
        <PictureFields report={report} list={list} limit={draft.limit} onChange={change} />
      </div>
      <AgentPlan marks={draft.agents} agents={agents} onChange={(marks) => change({ agents: marks })} />
      <div className="tools">
        <button
          type="button"
          className="button"
          onClick={() =>
            change({ preprocessings: PREPROCESSINGS, upsamplings: UPSAMPLINGS, inputSizes: sizes })
          }
        >
          Select the pre-processing lab
        </button>
        <p className="quiet">
          Selects every pre-processing, size and upsampling; you can add models with other weights. Then
          select the results to see how each one changes the labels.
        </p>
      </div>
      <StartLine draft={{ ...draft, list }} report={report} />
    </section>
  );
}

interface StartLineProps {
  readonly draft: EvaluationDraft;
  readonly report: DataSetReport;
}

function StartLine({ draft, report }: StartLineProps) {
  const session = useEvaluation();
  const models = modelsOf(useSessionState((state) => state.catalogue));
  const busy = useBusy();
  const agents = useAgentsState((state) => state.agents);
  const { plan, leftOut } = useMemo(() => evaluationOf(draft, models, agents), [draft, models, agents]);
  const count = plan.choices.length;
  const pictures = plannedPictures(plan, report);
  return (
    <>
      <div className="tools">
        <button
          type="button"
          className="button button-strong"
          disabled={count === 0 || pictures === 0 || busy}
          onClick={() => session.start(plan)}
        >
          Score {counted(count, 'configuration')}
        </button>
        <p className="quiet" role="status">
          {count === 0
            ? 'Select at least one of each kind.'
            : `${formatCount(pictures)} ${pictures === 1 ? 'picture' : 'pictures'} each. The live view is paused while scoring.`}
        </p>
      </div>
      {models.length > 0 && <LeftOutList leftOut={leftOut} />}
    </>
  );
}

/** The live setup, scored as the live view runs it. */
function firstDraft({ wanted, engine }: SessionState): EvaluationDraft {
  const { place } = resolveAuto(wanted, engine.kind === 'running' ? engine.description.backend : null);
  return {
    modelIds: [wanted.modelId],
    backends: [place.backend],
    preprocessings: ['fit'],
    upsamplings: ['aligned'],
    inputSizes: [wanted.inputSize],
    pipelines: ['ours'],
    agents: NO_AGENTS,
    list: null,
    limit: null,
  };
}
