/** Which of the pictures are scored: all, those of a list, the first so many. */
import { useId } from 'react';
import type { DataSetReport } from '../../../../domain/accuracy/evaluation.ts';
import { formatCount } from '../../../../domain/quantity.ts';
import { CheckBox } from '../../../../ui-kit/CheckBox.tsx';
import { NumberField } from '../../../../ui-kit/NumberField.tsx';
import type { EvaluationDraft } from './evaluation-draft.ts';

interface PictureFieldsProps extends Pick<EvaluationDraft, 'list' | 'limit'> {
  readonly report: DataSetReport;
  readonly onChange: (change: Partial<Pick<EvaluationDraft, 'list' | 'limit'>>) => void;
}

/** Enough for a quick look. */
const FEW = 20;

export function PictureFields({ report, list, limit, onChange }: PictureFieldsProps) {
  const name = useId();
  const options = [{ name: null, pairs: report.pairs }, ...report.lists];
  return (
    <fieldset className="marks">
      <legend>Pictures</legend>
      {options.map((option) => (
        <label key={option.name ?? ''} className="mark">
          <input
            type="radio"
            className="check"
            name={name}
            checked={option.name === list}
            onChange={() => onChange({ list: option.name })}
          />
          <span>
            {option.name ?? 'all pairs'}
            <span className="mark-note">
              {formatCount(option.pairs)} {option.pairs === 1 ? 'picture' : 'pictures'}
            </span>
          </span>
        </label>
      ))}
      <label className="mark">
        <CheckBox
          checked={limit !== null}
          onChange={(checked) => onChange({ limit: checked ? FEW : null })}
        />
        <span>limit the number</span>
      </label>
      {limit !== null && (
        <div className="numbers">
          <NumberField
            label="pictures"
            value={limit}
            min={1}
            max={100_000}
            onChange={(value) => onChange({ limit: value })}
          />
        </div>
      )}
    </fieldset>
  );
}
