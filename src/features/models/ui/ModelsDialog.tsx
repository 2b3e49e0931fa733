/** The models dialog: import a model, download one from its publisher, delete stored ones. */
import { Dialog } from 'radix-ui';
import type { ModelListing } from '../../../app/session-store.ts';
import { CloseIcon } from '../../../ui-kit/icons.tsx';
import { formatBytes } from '../../../domain/quantity.ts';
import { ImportPart } from './ImportPart.tsx';
import { useImport, useImports, useModels } from './models-context.ts';
import styles from './models.module.css';

interface ModelsDialogProps {
  readonly open: boolean;
  readonly onOpenChange: (open: boolean) => void;
}

export function ModelsDialog({ open, onOpenChange }: ModelsDialogProps) {
  const kind = useImport((state) => state.kind);
  return (
    <Dialog.Root open={open} onOpenChange={onOpenChange}>
      <Dialog.Trigger className="button">{TRIGGER[kind]}</Dialog.Trigger>
      <Dialog.Portal>
        <Dialog.Overlay className="dialog-veil" />
        <Dialog.Content className="dialog" aria-describedby={undefined}>
          <div className="dialog-head">
            <Dialog.Title>Models</Dialog.Title>
            <Dialog.Close className="button button-square" aria-label="Close models">
              <CloseIcon />
            </Dialog.Close>
          </div>
          <div className={styles.body} tabIndex={0} role="region" aria-label="Models">
            <ImportPart onUsed={() => onOpenChange(false)} />
            {kind === 'idle' && (
              <>
                <KeptList />
                <DownloadList />
              </>
            )}
          </div>
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

/** An import continues while the dialog is closed, and the button says so. */
const TRIGGER = {
  idle: 'Models…',
  working: 'Importing…',
  converted: 'Imported…',
  failed: 'Models…',
} as const;

function KeptList() {
  const kept = useModels().filter((model) => model.kept !== null);
  return (
    <section>
      <h3>Stored in this browser</h3>
      {kept.length === 0 ? (
        <p>None yet.</p>
      ) : (
        <ul className={styles.list}>
          {kept.map((model) => (
            <Kept key={model.id} model={model} />
          ))}
        </ul>
      )}
    </section>
  );
}

function Kept({ model: { id, name, summary, kept } }: { readonly model: ModelListing }) {
  const imports = useImports();
  const until = kept?.pageOnly === true ? ', until the page is closed' : '';
  return (
    <li>
      <span>
        <strong>{name}</strong>
        <span className="list-note">
          {summary}; {formatBytes(kept?.bytes ?? null)} in total{until}
        </span>
      </span>
      <button
        type="button"
        className="button"
        aria-label={`Delete ${name}`}
        onClick={() => imports.remove(id)}
      >
        Delete
      </button>
    </li>
  );
}

/** Models of the catalogue that their publishers offer. */
function DownloadList() {
  const absent = useModels().filter(
    ({ availability, download }) => availability.kind === 'absent' && download !== null,
  );
  if (absent.length === 0) return null;
  return (
    <section>
      <h3>Available from their publishers</h3>
      <ul className={styles.list}>
        {absent.map((model) => (
          <Absent key={model.id} model={model} />
        ))}
      </ul>
    </section>
  );
}

function Absent({ model: { id, name, summary, licence, download } }: { readonly model: ModelListing }) {
  const imports = useImports();
  const size = download?.bytes == null ? '' : `, ${formatBytes(download.bytes)}`;
  return (
    <li>
      <span>
        <strong>{name}</strong>
        <span className="list-note">
          {summary}; {licence}; from {download?.host}
          {size}
        </span>
      </span>
      <button
        type="button"
        className="button"
        aria-label={`Download and convert ${name}`}
        onClick={() => imports.download(id)}
      >
        Download and convert
      </button>
    </li>
  );
}
