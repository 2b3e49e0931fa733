/** The catalogue's models that are not here, each with a way to fetch it from its publisher. */
import type { ModelListing } from '../../../app/session-store.ts';
import { modelsOf } from '../../live/ui/bar/ModelControl.tsx';
import { formatBytes } from '../../../domain/quantity.ts';
import { useSession, useSessionState } from '../../live/ui/session-context.ts';

export function DownloadList() {
  const catalogue = useSessionState((state) => state.catalogue);
  const absent = modelsOf(catalogue).filter(
    ({ availability, download }) => availability.kind === 'absent' && download !== null,
  );
  if (absent.length === 0) return null;
  return (
    <section>
      <h3>At their publishers</h3>
      <ul className="models-list">
        {absent.map((model) => (
          <Absent key={model.id} model={model} />
        ))}
      </ul>
    </section>
  );
}

function Absent({ model: { id, name, summary, licence, download } }: { readonly model: ModelListing }) {
  const { imports } = useSession();
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
