/** The sources of a plan; a replay records its frames once, so that every configuration sees the same. */
import { REPLAY_FRAMES_LIMIT } from '../../../../domain/measuring/run.ts';
import type { SourceOption } from '../../../../app/session-store.ts';
import { Choice } from '../../../../ui-kit/Choice.tsx';
import { REPLAY } from '../run-words.ts';
import { Marks, withMark } from '../../../../ui-kit/Marks.tsx';
import { NumberField } from '../../../../ui-kit/NumberField.tsx';
import { type PlanDraft } from './plan-draft.ts';
import styles from '../runs.module.css';

interface SourceMarksProps {
  readonly draft: PlanDraft;
  readonly sources: readonly SourceOption[];
  readonly onChange: (change: Partial<PlanDraft>) => void;
}

export function SourceMarks({ draft, sources, onChange }: SourceMarksProps) {
  const { sourceKeys, replayFrames, replaySourceKey } = draft;
  const keys = [...sources.map(({ key }) => key), REPLAY];
  return (
    <div className="marks-group">
      <Marks
        legend="Sources"
        none="No source is at hand."
        marks={[
          ...sources.map(({ key, label }) => ({ value: key, label })),
          { value: REPLAY, label: 'Replay', note: 'frames recorded once, the same for every configuration' },
        ]}
        marked={sourceKeys}
        onMark={(key, marked) => onChange({ sourceKeys: withMark(sourceKeys, key, marked, keys) })}
      />
      {sourceKeys.includes(REPLAY) && (
        <div className="numbers">
          <Choice
            label="Replay of"
            className={styles.fieldReplay}
            groups={[{ heading: null, options: sources.map(({ key, label }) => ({ value: key, label })) }]}
            value={sources.some(({ key }) => key === replaySourceKey) ? (replaySourceKey ?? '') : ''}
            onChoose={(key) => onChange({ replaySourceKey: key })}
          />
          <NumberField
            label="frames"
            value={replayFrames}
            min={1}
            max={REPLAY_FRAMES_LIMIT}
            onChange={(frames) => onChange({ replayFrames: frames })}
          />
        </div>
      )}
    </div>
  );
}
