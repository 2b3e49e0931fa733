/** A button that opens the browser's picker for files or for a whole folder. */
import { useRef } from 'react';
import { classNames } from '../../../ui-kit/class-names.ts';

interface PickFilesProps {
  /** Of the button. */
  readonly words: string;
  /** Accessible name of the input behind it. */
  readonly label: string;
  readonly folder?: boolean;
  readonly accept?: string;
  readonly disabled?: boolean;
  readonly strong?: boolean;
  /** At least one file. */
  readonly onPick: (files: readonly File[]) => void;
}

export function PickFiles({
  words,
  label,
  folder = false,
  accept,
  disabled,
  strong,
  onPick,
}: PickFilesProps) {
  const input = useRef<HTMLInputElement>(null);
  return (
    <>
      <button
        type="button"
        className={classNames('button', strong && 'button-strong')}
        disabled={disabled ?? false}
        onClick={() => input.current?.click()}
      >
        {words}
      </button>
      <input
        ref={(element) => {
          input.current = element;
          // React has no attribute for this.
          if (element !== null) element.webkitdirectory = folder;
        }}
        type="file"
        accept={accept}
        aria-label={label}
        hidden
        onChange={(event) => {
          const files = Array.from(event.currentTarget.files ?? []);
          if (files.length > 0) onPick(files);
          // The same choice may be made twice in a row.
          event.currentTarget.value = '';
        }}
      />
    </>
  );
}
