/** An input for a whole number between two bounds; anything else that is typed is ignored. */
import { useState } from 'react';

interface NumberFieldProps {
  readonly label: string;
  readonly value: number;
  readonly min: number;
  readonly max: number;
  readonly onChange: (value: number) => void;
}

export function NumberField({ label, value, min, max, onChange }: NumberFieldProps) {
  /** Typed text that is not a valid number; null shows the value. */
  const [typed, setTyped] = useState<string | null>(null);
  return (
    <label className="number">
      <span>{label}</span>
      <input
        className="text-input"
        type="number"
        inputMode="numeric"
        min={min}
        max={max}
        step={1}
        value={typed ?? String(value)}
        aria-invalid={typed !== null}
        onChange={(event) => {
          const text = event.currentTarget.value;
          const number = Number(text);
          const fits = text.trim() !== '' && Number.isInteger(number) && number >= min && number <= max;
          setTyped(fits ? null : text);
          if (fits) onChange(number);
        }}
        onBlur={() => setTyped(null)}
      />
    </label>
  );
}
