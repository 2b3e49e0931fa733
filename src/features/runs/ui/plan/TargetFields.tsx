/** How long every configuration is measured: as the thesis did, in full, or with a custom target. */
import { FULL_TARGET, QUICK_TARGET, type RunTarget } from '../../../../domain/measuring/run.ts';
import { formatCount } from '../../../../domain/quantity.ts';
import { NumberField } from '../../../../ui-kit/NumberField.tsx';
import type { PlanDraft } from './plan-draft.ts';

const KINDS: readonly {
  readonly kind: PlanDraft['targetKind'];
  readonly words: string;
  readonly note: string;
}[] = [
  { kind: 'quick', words: 'quick', note: `${formatCount(QUICK_TARGET.frames)} iterations, as in the thesis` },
  {
    kind: 'full',
    words: 'full',
    note: `at least ${formatCount(FULL_TARGET.frames)} frames and ${FULL_TARGET.seconds} s`,
  },
  { kind: 'own', words: 'custom', note: 'stops when both are reached' },
];

interface TargetFieldsProps {
  readonly draft: PlanDraft;
  readonly name: string;
  readonly onChange: (change: Pick<PlanDraft, 'targetKind' | 'ownTarget'>) => void;
}

export function TargetFields({ draft: { targetKind, ownTarget }, name, onChange }: TargetFieldsProps) {
  const setOwn = (change: Partial<RunTarget>) =>
    onChange({ targetKind, ownTarget: { ...ownTarget, ...change } });
  return (
    <fieldset className="marks">
      <legend>Target</legend>
      {KINDS.map(({ kind, words, note }) => (
        <label key={kind} className="mark">
          <input
            type="radio"
            className="check"
            name={name}
            checked={kind === targetKind}
            onChange={() => onChange({ targetKind: kind, ownTarget })}
          />
          <span>
            {words}
            <span className="mark-note">{note}</span>
          </span>
        </label>
      ))}
      {targetKind === 'own' && (
        <div className="numbers">
          <NumberField
            label="frames"
            value={ownTarget.frames}
            min={1}
            max={100_000}
            onChange={(frames) => setOwn({ frames })}
          />
          <NumberField
            label="seconds"
            value={ownTarget.seconds}
            min={0}
            max={3600}
            onChange={(seconds) => setOwn({ seconds })}
          />
          <NumberField
            label="warm-up"
            value={ownTarget.warmUpFrames}
            min={0}
            max={1000}
            onChange={(warmUpFrames) => setOwn({ warmUpFrames })}
          />
        </div>
      )}
    </fieldset>
  );
}
