/** Name and notes of a run, kept when the field is left; an empty name brings the old one back. */
import { useState } from 'react';
import type { RunRecord } from '../../../../domain/measuring/run.ts';
import { useRuns } from '../run-context.ts';
import styles from '../runs.module.css';

export function NameAndNotes({ run: { id, name, notes } }: { readonly run: RunRecord }) {
  const session = useRuns();
  const [nameTyped, setNameTyped] = useState(name);
  const [notesTyped, setNotesTyped] = useState(notes);
  const keepName = () => {
    const next = nameTyped.trim();
    setNameTyped(next === '' ? name : next);
    if (next !== '' && next !== name) session.rename(id, { name: next });
  };
  const keepNotes = () => {
    if (notesTyped !== notes) session.rename(id, { notes: notesTyped });
  };
  return (
    <section className={styles.nameAndNotes}>
      <label>
        <span className="quiet">Name</span>
        <input
          className="text-input"
          type="text"
          value={nameTyped}
          maxLength={200}
          onChange={(event) => setNameTyped(event.currentTarget.value)}
          onBlur={keepName}
          onKeyDown={(event) => {
            if (event.key === 'Enter') event.currentTarget.blur();
            if (event.key === 'Escape') setNameTyped(name);
          }}
        />
      </label>
      <label>
        <span className="quiet">Notes</span>
        <textarea
          className="text-input"
          value={notesTyped}
          rows={3}
          onChange={(event) => setNotesTyped(event.currentTarget.value)}
          onBlur={keepNotes}
        />
      </label>
    </section>
  );
}
