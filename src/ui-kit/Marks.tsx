/** One axis of a plan: a group of check boxes. */
import { useId } from 'react';
import { CheckBox } from './CheckBox.tsx';

export interface Mark<Value> {
  readonly value: Value;
  readonly label: string;
  /** Beside the label. */
  readonly note?: string;
}

interface MarksProps<Value> {
  readonly legend: string;
  readonly marks: readonly Mark<Value>[];
  readonly marked: readonly Value[];
  /** Shown if there is nothing to mark. */
  readonly none: string;
  readonly onMark: (value: Value, marked: boolean) => void;
}

export function Marks<Value extends string | number>(props: MarksProps<Value>) {
  const { legend, marks, marked, none, onMark } = props;
  return (
    <fieldset className="marks">
      <legend>{legend}</legend>
      {marks.length === 0 && <p className="quiet">{none}</p>}
      {marks.map((mark) => (
        <MarkLine
          key={mark.value}
          mark={mark}
          checked={marked.includes(mark.value)}
          onChange={(checked) => onMark(mark.value, checked)}
        />
      ))}
    </fieldset>
  );
}

interface MarkLineProps {
  readonly mark: Mark<string | number>;
  readonly checked: boolean;
  readonly onChange: (checked: boolean) => void;
}

function MarkLine({ mark, checked, onChange }: MarkLineProps) {
  const id = useId();
  return (
    <label className="mark">
      <CheckBox checked={checked} onChange={onChange} {...(mark.note !== undefined && { describedBy: id })} />
      <span>
        {mark.label}
        {mark.note !== undefined && (
          <span id={id} className="mark-note" aria-hidden="true">
            {mark.note}
          </span>
        )}
      </span>
    </label>
  );
}

/** Adds or removes a mark; marks keep the order of `all`, whatever the order of clicks. */
export function withMark<Value>(
  marks: readonly Value[],
  value: Value,
  marked: boolean,
  all: readonly Value[],
): readonly Value[] {
  const next = marked ? [...marks, value] : marks.filter((other) => other !== value);
  const place = (one: Value) => (all.includes(one) ? all.indexOf(one) : all.length);
  return [...new Set(next)].sort((a, b) => place(a) - place(b));
}
