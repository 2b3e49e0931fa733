/** The report of an import: what was found and folded, how the labels changed, and the choice of weight storage. */
import { RadioGroup } from 'radix-ui';
import { describeProblem } from '../../../domain/problems/problem.ts';
import type { WeightStorage } from '../../../domain/import-report.ts';
import type { ImportState, StorageOption } from '../import-store.ts';
import { formatBytes, formatMsUnit } from '../../../domain/quantity.ts';
import { useImports } from './models-context.ts';
import styles from './models.module.css';

type Converted = Extract<ImportState, { kind: 'converted' }>;

const STORAGE_NAMES: Readonly<Record<WeightStorage, string>> = {
  float32: 'float32, as published',
  float16: 'float16, half the size',
  uint8: 'uint8, a quarter of the size',
};

export function ImportReport({ state }: { readonly state: Converted }) {
  const imports = useImports();
  const { name, keeping, keepProblem } = state;
  const kept = keepProblem === null ? null : describeProblem(keepProblem);
  return (
    <section>
      <h3 className={styles.name}>{name}</h3>
      <Findings state={state} />
      {state.storages.length > 0 ? <Storages state={state} /> : <RunsAsItIs />}
      {kept !== null && (
        <p role="alert">
          <strong>{kept.sentence}</strong> {kept.nextStep}
        </p>
      )}
      <div className={styles.actions}>
        <button type="button" className="button" aria-disabled={keeping} onClick={() => imports.use()}>
          {keeping ? 'Saving…' : 'Use this model'}
        </button>
        <button type="button" className="button" onClick={() => imports.cancel()}>
          Discard
        </button>
      </div>
    </section>
  );
}

function Findings({ state }: { readonly state: Converted }) {
  const { found, folded, nodesBefore, nodesAfter, sourceFiles } = state.findings;
  return (
    <>
      <dl className="terms">
        {found.map(({ label, value }) => (
          <Line key={label} label={label} value={value} />
        ))}
      </dl>
      {folded.length > 0 && (
        <details className={styles.folded}>
          <summary>
            {String(nodesBefore)} nodes became {String(nodesAfter)}
          </summary>
          <ul>
            {folded.map(({ pass, count }) => (
              <li key={pass}>
                {pass}: {String(count)}
              </li>
            ))}
          </ul>
        </details>
      )}
      <details className={styles.folded}>
        <summary>
          {String(sourceFiles.length)} {sourceFiles.length === 1 ? 'file' : 'files'} read, SHA-256
        </summary>
        <ul>
          {sourceFiles.map(({ path, bytes, sha256 }) => (
            <li key={path}>
              {path}, {formatBytes(bytes)} <code className="checksum">{sha256}</code>
            </li>
          ))}
        </ul>
      </details>
    </>
  );
}

function Line({ label, value }: { readonly label: string; readonly value: string }) {
  return (
    <div>
      <dt>{label}</dt>
      <dd>{value}</dd>
    </div>
  );
}

function RunsAsItIs() {
  return (
    <p>
      A .tflite runs as it is: its weights stay unchanged, and only its final resize and argmax happen here.
      There is nothing to compare.
    </p>
  );
}

function Storages({ state }: { readonly state: Converted }) {
  const imports = useImports();
  const { storages, chosen, goldenName, published, checking } = state;
  return (
    <>
      <h3 id="models-storage">How to store the weights</h3>
      <p role="status" className={styles.check}>
        {checkLine(checking, goldenName, published)}
      </p>
      <RadioGroup.Root
        aria-labelledby="models-storage"
        value={chosen}
        onValueChange={(value) => {
          const option = storages.find(({ weights }) => weights === value);
          if (option !== undefined) imports.chooseWeights(option.weights);
        }}
      >
        {storages.map((option) => (
          <Storage key={option.weights} option={option} />
        ))}
      </RadioGroup.Root>
    </>
  );
}

function checkLine(checking: boolean, goldenName: string, published: Converted['published']): string {
  if (published === null) {
    return checking
      ? `Comparing with the published network on "${goldenName}". You can use the model now; this check continues.`
      : 'The published network does not run here, so nothing was compared.';
  }
  const { frameMs, inputSize } = published;
  return `Compared with the published network on "${goldenName}" at ${inputSize} px, WASM: as published, a frame takes ${formatMsUnit(frameMs)}.`;
}

function Storage({ option: { weights, measured } }: { readonly option: StorageOption }) {
  const id = `models-storage-${weights}`;
  return (
    <div className={styles.storage}>
      <RadioGroup.Item className={styles.radio} value={weights} id={id} aria-describedby={`${id}-words`}>
        <RadioGroup.Indicator className={styles.radioDot} />
      </RadioGroup.Item>
      <label htmlFor={id}>{STORAGE_NAMES[weights]}</label>
      <span id={`${id}-words`} className={styles.measured} data-testid="measured">
        {wordsOf(measured)}
      </span>
    </div>
  );
}

function wordsOf(measured: StorageOption['measured']): string {
  switch (measured.kind) {
    case 'waiting':
      return 'not measured yet';
    case 'unmeasured':
      return `not measured: ${measured.reason}`;
    case 'measured':
      return `${agreementOf(measured.agreement01)} of labels unchanged, ${formatMsUnit(measured.frameMs)}, ${formatBytes(measured.bytes)}`;
  }
}

/** Never rounded up to 100 %: one changed pixel is a change. */
function agreementOf(agreement01: number): string {
  if (agreement01 === 1) return '100 %';
  return `${(Math.floor(agreement01 * 1e5) / 1e3).toFixed(3)} %`;
}
