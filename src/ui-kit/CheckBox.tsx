/** The browser's own check box in the page's neutral colours. */
interface CheckBoxProps {
  readonly checked: boolean;
  /** Indeterminate: some of many are checked. */
  readonly some?: boolean;
  /** For a check box without a <label>. */
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
        // Only a property: HTML has no attribute for it.
        if (box !== null) box.indeterminate = some;
      }}
      {...(label !== undefined && { 'aria-label': label })}
      {...(describedBy !== undefined && { 'aria-describedby': describedBy })}
      onChange={(event) => onChange(event.currentTarget.checked)}
    />
  );
}
