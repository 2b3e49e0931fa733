/** The browser's own check box in the neutral colours of the page. */
interface CheckBoxProps {
  readonly checked: boolean;
  /** Neither on nor off: some of many. */
  readonly some?: boolean;
  /** Where no <label> names it. */
  readonly label?: string;
  readonly describedBy?: string;
  readonly disabled?: boolean;
  readonly onChange: (checked: boolean) => void;
}

export function CheckBox({ checked, some = false, label, describedBy, disabled, onChange }: CheckBoxProps) {
  return (
    <input
      type="checkbox"
      className="check"
      checked={checked}
      disabled={disabled ?? false}
      ref={(box) => {
        // There is no attribute for it.
        if (box !== null) box.indeterminate = some;
      }}
      {...(label !== undefined && { 'aria-label': label })}
      {...(describedBy !== undefined && { 'aria-describedby': describedBy })}
      onChange={(event) => onChange(event.currentTarget.checked)}
    />
  );
}
