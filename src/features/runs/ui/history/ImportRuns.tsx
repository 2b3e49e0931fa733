/** The button that reads runs back from a JSON export. */
import { useRef } from 'react';
import { useRuns } from '../run-context.ts';

export function ImportRuns() {
  const session = useRuns();
  const input = useRef<HTMLInputElement>(null);
  return (
    <>
      <button type="button" className="button" onClick={() => input.current?.click()}>
        Import JSON…
      </button>
      <input
        ref={input}
        type="file"
        accept="application/json,.json"
        aria-label="JSON export of runs"
        hidden
        onChange={(event) => {
          const file = event.currentTarget.files?.[0];
          if (file !== undefined) session.importFile(file);
          // The same file may be imported twice in a row.
          event.currentTarget.value = '';
        }}
      />
    </>
  );
}
