/** A labelled list to choose one value from: a styled Radix Select. */
import { Select } from 'radix-ui';
import { useId } from 'react';
import { classNames } from './class-names.ts';
import { CheckIcon, ChevronIcon } from './icons.tsx';

export interface ChoiceOption {
  readonly value: string;
  readonly label: string;
  /** Lines under the label in the open list; screen readers read them as its description. */
  readonly notes?: readonly string[];
  /** Greyed out, but reachable by keyboard, so that its notes can be read. */
  readonly unavailable?: boolean;
}

export interface ChoiceGroup {
  /** Heading in the open list; null for none. */
  readonly heading: string | null;
  readonly options: readonly ChoiceOption[];
}

interface ChoiceProps {
  readonly label: string;
  readonly groups: readonly ChoiceGroup[];
  /** '' if nothing is chosen. */
  readonly value: string;
  /** Shown in the closed control instead of the option's label. */
  readonly shown?: string;
  readonly disabled?: boolean;
  /** Sets the width. */
  readonly className: string | undefined;
  readonly onChoose: (value: string) => void;
}

export function Choice({ label, groups, value, shown, disabled, className, onChoose }: ChoiceProps) {
  return (
    <Select.Root value={value} onValueChange={onChoose} disabled={disabled ?? false}>
      <Select.Trigger className={classNames('field', className)} aria-label={label}>
        <span className="field-label" aria-hidden="true">
          {label}
        </span>
        <span className="field-value">
          <Select.Value placeholder="none">{shown}</Select.Value>
        </span>
        <ChevronIcon />
      </Select.Trigger>
      <Select.Portal>
        <Select.Content className="list" position="popper" sideOffset={4} align="start">
          <Select.Viewport>
            {groups.map((group, index) => (
              <Select.Group key={group.heading ?? index}>
                {group.heading !== null && (
                  <Select.Label className="list-heading">{group.heading}</Select.Label>
                )}
                {group.options.map((option) => (
                  <Option key={option.value} option={option} />
                ))}
              </Select.Group>
            ))}
          </Select.Viewport>
        </Select.Content>
      </Select.Portal>
    </Select.Root>
  );
}

/** Radix's own `disabled` would let the arrow keys skip the option, and its notes with it. */
const UNAVAILABLE = {
  'aria-disabled': true,
  onPointerUp: (event: { preventDefault(): void }) => event.preventDefault(),
  onKeyDown: (event: { readonly key: string; preventDefault(): void }) => {
    if (event.key === 'Enter' || event.key === ' ') event.preventDefault();
  },
};

function Option({ option }: { readonly option: ChoiceOption }) {
  const { value, label, notes = [], unavailable = false } = option;
  const id = useId();
  return (
    <Select.Item
      className="list-item"
      value={value}
      textValue={label}
      {...(notes.length > 0 && { 'aria-describedby': id })}
      {...(unavailable && UNAVAILABLE)}
    >
      <span className="list-mark">
        <Select.ItemIndicator>
          <CheckIcon />
        </Select.ItemIndicator>
      </span>
      <span>
        <Select.ItemText>{label}</Select.ItemText>
        <span id={id}>
          {notes.map((note) => (
            <span key={note} className="list-note">
              {note}
            </span>
          ))}
        </span>
      </span>
    </Select.Item>
  );
}
