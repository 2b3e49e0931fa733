/** The models that this browser keeps, each with its size and a way to delete it. */
import type { ModelListing } from '../../../app/session-store.ts';
import { modelsOf } from '../../live/ui/bar/ModelControl.tsx';
import { formatBytes } from '../../../domain/quantity.ts';
import { useSession, useSessionState } from '../../live/ui/session-context.ts';

export function KeptList() {
  const catalogue = useSessionState((state) => state.catalogue);
  const kept = modelsOf(catalogue).filter((model) => model.kept !== null);
  return (
    <section>
      <h3>Kept in this browser</h3>
      {kept.length === 0 ? (
        <p>No model yet.</p>
      ) : (
        <ul className="models-list">
          {kept.map((model) => (
            <Kept key={model.id} model={model} />
          ))}
        </ul>
      )}
    </section>
  );
}

function Kept({ model: { id, name, summary, kept } }: { readonly model: ModelListing }) {
  const { imports } = useSession();
  const until = kept?.pageOnly === true ? ', until the page is closed' : '';
  return (
    <li>
      <span>
        <strong>{name}</strong>
        <span className="list-note">
          {summary}; {formatBytes(kept?.bytes ?? null)} in all{until}
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
