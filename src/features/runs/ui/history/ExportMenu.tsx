/** Exports the selected runs, and reports the saved files or the problem. */
import type { RunRecord } from '../../../../domain/measuring/run.ts';
import { ExportList, type OfferedFormat } from '../../../../ui-kit/ExportList.tsx';
import { CloseIcon } from '../../../../ui-kit/icons.tsx';
import { counted, formatBytes } from '../../../../domain/quantity.ts';
import type { ExportFormat } from '../../run-session.ts';
import type { ExportControls } from './use-export.ts';
import styles from '../runs.module.css';

const FORMATS: readonly OfferedFormat<ExportFormat>[] = [
  { format: 'csv', words: 'CSV', note: 'one row per run and stage' },
  { format: 'json', words: 'JSON', note: 'everything; can be imported again' },
  { format: 'markdown', words: 'Markdown', note: 'tables' },
  { format: 'latex', words: 'LaTeX', note: 'booktabs and siunitx tables' },
  { format: 'svg', words: 'SVG', note: 'every chart' },
  { format: 'png', words: 'PNG', note: 'every chart' },
  { format: 'bundle', words: 'Report bundle', note: 'one zip: report, tables, charts, pictures, checksums' },
];

interface ExportMenuProps {
  readonly runs: readonly RunRecord[];
  readonly controls: ExportControls;
}

export function ExportMenu({ runs, controls: { state, make } }: ExportMenuProps) {
  const making = state.kind === 'making';
  return (
    <ExportList
      what={counted(runs.length, 'selected run')}
      label={making ? 'Exporting…' : 'Export'}
      disabled={runs.length === 0 || making}
      formats={FORMATS}
      onExport={(format) => make(runs, format)}
    />
  );
}

export function ExportOutcome({ controls: { state, dismiss } }: Pick<ExportMenuProps, 'controls'>) {
  if (state.kind === 'none' || state.kind === 'making') return null;
  return (
    <div className={styles.exported}>
      {state.kind === 'failed' ? (
        <p role="alert">
          <strong>{state.text.sentence}</strong> {state.text.nextStep}
        </p>
      ) : (
        <>
          <p role="status">Saved {counted(state.links.length, 'file')}:</p>
          <ul aria-label="Exported files">
            {state.links.map(({ fileName, url, bytes }) => (
              <li key={url}>
                <a href={url} download={fileName}>
                  {fileName}
                </a>{' '}
                <span className="quiet">{formatBytes(bytes)}</span>
              </li>
            ))}
          </ul>
        </>
      )}
      <button type="button" className="button button-square" aria-label="Close the export" onClick={dismiss}>
        <CloseIcon />
      </button>
    </div>
  );
}
