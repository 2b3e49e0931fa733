/** Skipped files by reason, with a sentence for each; can be saved as a table. */
import { SKIP_REASONS, type Skipped } from '../../../../domain/accuracy/evaluation.ts';
import { counted } from '../../../../domain/quantity.ts';
import { saveFile } from '../../../../ui-kit/save-file.ts';
import { useEvaluation } from '../evaluation-context.ts';
import { SKIP_WORDS } from '../evaluation-words.ts';
import styles from '../evaluate.module.css';

interface SkippedListProps {
  readonly skipped: readonly Skipped[];
  readonly title: string;
  /** Results whose skipped pictures go into the saved table too. */
  readonly resultIds: readonly string[];
}

/** A folder may have 100,000 files without a mask; the saved table lists them all. */
const SHOWN = 50;

export function SkippedList({ skipped, title, resultIds }: SkippedListProps) {
  const session = useEvaluation();
  const groups = SKIP_REASONS.map((reason) => ({
    reason,
    files: skipped.filter((one) => one.reason === reason),
  })).filter(({ files }) => files.length > 0);
  return (
    <details className={styles.skipped}>
      <summary>
        {title}:{' '}
        <span className="quiet">
          {groups.map(({ reason, files }) => `${SKIP_WORDS[reason]} (${files.length})`).join(', ')}
        </span>
      </summary>
      {groups.map(({ reason, files }) => (
        <div key={reason}>
          <h3>
            {SKIP_WORDS[reason]}, {counted(files.length, 'file')}
          </h3>
          <ul className="reasons">
            {files.slice(0, SHOWN).map(({ name, sentence }, index) => (
              <li key={`${name} ${index}`}>
                <strong>{name}</strong> <span className="quiet">{sentence}</span>
              </li>
            ))}
          </ul>
          {files.length > SHOWN && (
            <p className="quiet">
              and {counted(files.length - SHOWN, 'more file')}; save the list to see them all.
            </p>
          )}
        </div>
      ))}
      <div className="tools">
        <button type="button" className="button" onClick={() => saveFile(session.exportSkipped(resultIds))}>
          Save the list of skipped files
        </button>
      </div>
    </details>
  );
}
