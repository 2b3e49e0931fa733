/** The running model: facts from the catalogue and from its files. */
import { memo } from 'react';
import type { FileChecksum } from '../../../../domain/measuring/configuration.ts';
import { modelsOf } from '../../../../ui-kit/catalogue-models.ts';
import { formatBytes } from '../../../../domain/quantity.ts';
import { useSessionState } from '../session-context.ts';
import { Fact } from '../../../../ui-kit/Fact.tsx';
import styles from '../live.module.css';

export const ModelCard = memo(function ModelCard() {
  const description = useSessionState((state) =>
    state.engine.kind === 'running' ? state.engine.description : null,
  );
  const listing = useSessionState((state) =>
    modelsOf(state.catalogue).find(({ id }) => id === description?.modelId),
  );
  if (description === null) return null;
  const { modelName, inputSize, outputStride, precision, preprocessing, classNames, files } = description;
  return (
    <section className="panel-part">
      <h2>Model</h2>
      <dl className="facts">
        <Fact name="name">{modelName}</Fact>
        <Fact name="network">
          {[
            `input ${inputSize} px`,
            outputStride === null ? 'output stride unknown' : `output stride ${outputStride}`,
            `weights ${precision}`,
            `preprocessing ${preprocessing}`,
            `${classNames.length} classes`,
          ].join(', ')}
        </Fact>
        {listing !== undefined && (
          <>
            <Fact name="licence">{listing.licence}</Fact>
            <Fact name="source">
              <Source text={listing.source} />
            </Fact>
            <Fact name="published">{listing.published ?? 'no published figures'}</Fact>
          </>
        )}
      </dl>
      <details className={styles.checksums}>
        <summary>
          {String(files.length)} {files.length === 1 ? 'file' : 'files'}, SHA-256
        </summary>
        <ul>
          {files.map((file) => (
            <Checksum key={file.path} file={file} />
          ))}
        </ul>
      </details>
    </section>
  );
});

function Source({ text }: { readonly text: string }) {
  if (!/^https?:\/\/\S+$/.test(text)) return text;
  return (
    <a href={text} target="_blank" rel="noreferrer">
      {text}
    </a>
  );
}

/** Shortened by CSS only, so that the whole checksum can be selected and copied. */
function Checksum({ file }: { readonly file: FileChecksum }) {
  return (
    <li>
      <span>
        {file.path}, {formatBytes(file.bytes)}
      </span>
      <code className="checksum" title={file.sha256} tabIndex={0}>
        {file.sha256}
      </code>
    </li>
  );
}
