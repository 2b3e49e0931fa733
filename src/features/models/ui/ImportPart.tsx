/** The import: choosing files, progress, failure, report. */
import { useEffect, useEffectEvent, useRef } from 'react';
import { describeProblem } from '../../../domain/problems/problem.ts';
import type { ImportState } from '../import-store.ts';
import { pickedFiles } from '../../../ui-kit/dropped-files.ts';
import { useImport, useImports } from './models-context.ts';
import { ImportReport } from './ImportReport.tsx';
import styles from './models.module.css';

/** @param onUsed called once the converted model is saved and starting */
export function ImportPart({ onUsed }: { readonly onUsed: () => void }) {
  const state = useImport((current) => current);
  useWhenUsed(state, onUsed);
  switch (state.kind) {
    case 'idle':
      return <Begin />;
    case 'working':
      return <Working state={state} />;
    case 'failed':
      return <Failed state={state} />;
    case 'converted':
      return <ImportReport state={state} />;
  }
}

function useWhenUsed(state: ImportState, onUsed: () => void): void {
  const keeping = useRef(false);
  const used = useEffectEvent(onUsed);
  useEffect(() => {
    if (keeping.current && state.kind === 'idle') used();
    keeping.current = state.kind === 'converted' && state.keeping;
  }, [state]);
}

function Begin() {
  return (
    <section>
      <h3>Import your own</h3>
      <p>
        Choose a frozen_inference_graph.pb or its .tar.gz, a .tflite, or a model.json with all its shards. You
        can also drop the files or their folder anywhere on the page. They stay on this computer.
      </p>
      <ChooseFiles label="Choose files…" />
    </section>
  );
}

function ChooseFiles({ label }: { readonly label: string }) {
  const imports = useImports();
  const input = useRef<HTMLInputElement>(null);
  return (
    <>
      <button type="button" className="button" onClick={() => input.current?.click()}>
        {label}
      </button>
      <input
        ref={input}
        type="file"
        multiple
        aria-label="Model files"
        hidden
        onChange={(event) => {
          const { files } = event.currentTarget;
          if (files !== null && files.length > 0) imports.convert(pickedFiles(files));
          // Otherwise choosing the same files again fires no event.
          event.currentTarget.value = '';
        }}
      />
    </>
  );
}

function Working({ state }: { readonly state: Extract<ImportState, { kind: 'working' }> }) {
  const imports = useImports();
  const { name, phase, done01 } = state;
  return (
    <section>
      <h3 className={styles.name}>{name}</h3>
      <p role="status">{phase}…</p>
      <progress
        className={styles.progress}
        aria-label={`Import of ${name}`}
        max={1}
        {...(done01 !== null && { value: done01 })}
      />
      <div className={styles.actions}>
        <button type="button" className="button" onClick={() => imports.cancel()}>
          Cancel
        </button>
      </div>
    </section>
  );
}

function Failed({ state }: { readonly state: Extract<ImportState, { kind: 'failed' }> }) {
  const imports = useImports();
  const { sentence, nextStep } = describeProblem(state.problem);
  return (
    <section>
      <h3 className={styles.name}>{state.name}</h3>
      <p role="alert">
        <strong>{sentence}</strong> {nextStep}
      </p>
      <div className={styles.actions}>
        <ChooseFiles label="Choose other files…" />
        <button type="button" className="button" onClick={() => imports.cancel()}>
          Back to models
        </button>
      </div>
    </section>
  );
}
