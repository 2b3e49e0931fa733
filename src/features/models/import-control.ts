/** Runs imports and downloads in their own worker, stores their results, and deletes stored models. */
import type { WeightStorage } from '../../domain/import-report.ts';
import type { Problem } from '../../domain/problems/problem.ts';
import type { ImportState, ImportStore, StorageOption } from './import-store.ts';
import type { SessionStore } from '../../app/session-store.ts';
import type { ImportAnswer, ImportRequest } from '../../worker/import-messages.ts';
import type { KeptModels } from '../../app/kept-models.ts';
import type { ModelLibrary } from '../../app/model-library.ts';
import type { NoticeBoard } from '../../app/notice-board.ts';

/** A file with its path inside the dropped folder: "folder/model.json". */
export interface PickedFile {
  readonly path: string;
  readonly file: File;
}

export interface ModelImports {
  readonly store: ImportStore;
  /** Converts the files and cancels any import under way. The running model continues. */
  convert(files: readonly PickedFile[]): void;
  /** Downloads a model of the catalogue from its publisher, then does the same. */
  download(modelId: string): void;
  chooseWeights(weights: WeightStorage): void;
  /** Cancels the import under way and discards the converted model. */
  cancel(): void;
  /** Stores the converted model in the browser and starts it. */
  use(): void;
  /** Deletes a kept model. If it is running, the embedded model takes over. */
  remove(modelId: string): void;
}

/** A running import worker. */
export interface ImportLink {
  request(request: ImportRequest): void;
  /** Ends the worker, whatever it is doing. May be called twice. */
  end(): void;
}

export type OpenImportLink = (
  onAnswer: (answer: ImportAnswer) => void,
  onCrash: (problem: Problem) => void,
) => ImportLink;

export interface ImportParts {
  readonly store: ImportStore;
  readonly session: SessionStore;
  readonly library: Pick<ModelLibrary, 'catalogued' | 'refresh'>;
  readonly kept: KeptModels;
  readonly notices: NoticeBoard;
  readonly openLink: OpenImportLink;
  /** Absolute URL of the picture to compare on, and its title. */
  readonly golden: { readonly url: string; readonly name: string };
  readonly startModel: (modelId: string) => void;
  /** Runs after the running model is deleted. */
  readonly fallbackModelId: string;
  /** Asks the browser not to evict stored models when space runs out. */
  readonly persist: () => Promise<unknown>;
}

type Converted = Extract<ImportState, { kind: 'converted' }>;
type Kept = Extract<ImportAnswer, { kind: 'kept' }>;

export function createImportControl(parts: ImportParts): ModelImports & { readonly close: () => void } {
  const { store, session, library, kept, notices, golden } = parts;
  let link: ImportLink | null = null;
  /** The catalogue's model that is being downloaded; null for the user's own file. */
  let catalogued: string | null = null;

  const set = (current: ImportState) => store.setState({ current });

  function end(): void {
    link?.end();
    link = null;
  }

  function begin(name: string, modelId: string | null, request: ImportRequest): void {
    end();
    catalogued = modelId;
    set({ kind: 'working', name, phase: 'Starting', done01: null });
    const receive = (answer: ImportAnswer) => {
      if (link !== own) return;
      if (answer.kind === 'kept') void finish(answer);
      else {
        const next = stateAfter(answer, store.getState().current, { name, goldenName: golden.name });
        if (next.kind === 'failed') end();
        set(next);
      }
    };
    const own = parts.openLink(receive, (problem) => receive({ kind: 'failed', problem }));
    link = own;
    own.request(request);
  }

  async function finish({ entry, pageOnly }: Kept): Promise<void> {
    end();
    if (pageOnly === null) void parts.persist();
    else {
      kept.addForPage(entry, pageOnly.files);
      notices.problem({ kind: 'models-unavailable', detail: pageOnly.reason });
    }
    await library.refresh();
    set({ kind: 'idle' });
    parts.startModel(entry.id);
  }

  return {
    store,
    convert(files) {
      const name = nameOf(files);
      begin(name, null, { kind: 'convert', name, files: [...files], golden });
    },
    download(modelId) {
      const entry = library.catalogued(modelId);
      if (entry?.download == null) return;
      const { name, download } = entry;
      begin(name, modelId, { kind: 'download', modelId, name, download, golden });
    },
    chooseWeights: (weights) => set(changed(store.getState().current, () => ({ chosen: weights }))),
    cancel() {
      end();
      set({ kind: 'idle' });
    },
    use() {
      const { current } = store.getState();
      if (current.kind !== 'converted' || current.keeping || link === null) return;
      set({ ...current, keeping: true, keepProblem: null });
      const known = catalogued === null ? null : library.catalogued(catalogued);
      const { catalogue } = session.getState();
      const taken = catalogue.kind === 'ready' ? catalogue.models.map(({ id }) => id) : [];
      link.request({ kind: 'keep', folder: known?.folder ?? null, taken, weights: current.chosen, known });
    },
    remove: (modelId) => void removeModel(modelId, parts),
    close: end,
  };
}

async function removeModel(modelId: string, parts: ImportParts): Promise<void> {
  const { session, library, kept, notices } = parts;
  try {
    if (session.getState().wanted.modelId === modelId) parts.startModel(parts.fallbackModelId);
    await kept.remove(modelId);
    await library.refresh();
  } catch (error) {
    const detail = error instanceof Error ? error.message : String(error);
    notices.problem({ kind: 'models-unavailable', detail });
  }
}

/** Updates an import with a worker's answer. Figures count only for a model that is already converted. */
function stateAfter(
  answer: Exclude<ImportAnswer, Kept>,
  current: ImportState,
  names: { readonly name: string; readonly goldenName: string },
): ImportState {
  switch (answer.kind) {
    case 'progressed':
      return { kind: 'working', name: names.name, phase: answer.phase, done01: answer.done01 };
    case 'converted':
      return {
        kind: 'converted',
        ...names,
        runtime: answer.runtime,
        findings: answer.report,
        published: null,
        storages: answer.storages.map((weights) => ({ weights, measured: { kind: 'waiting' } })),
        chosen: 'float32',
        checking: true,
        keeping: false,
        keepProblem: null,
      };
    case 'published-measured': {
      const { frameMs, inputSize } = answer;
      return changed(current, () => ({ published: { frameMs, inputSize } }));
    }
    case 'checked':
      return changed(current, ({ storages }) => ({
        storages: storages.map((option) =>
          option.weights === answer.weights ? { ...option, measured: measuredBy(answer) } : option,
        ),
      }));
    case 'all-checked':
      return changed(current, () => ({ checking: false }));
    case 'failed': {
      const { problem } = answer;
      if (problem.kind === 'worker-crashed' || current.kind !== 'converted') {
        return { kind: 'failed', name: names.name, problem };
      }
      // The converted model survives if it could not be stored.
      return { ...current, keeping: false, checking: false, keepProblem: problem };
    }
  }
}

const changed = (state: ImportState, change: (converted: Converted) => Partial<Converted>): ImportState =>
  state.kind === 'converted' ? { ...state, ...change(state) } : state;

function measuredBy(check: Extract<ImportAnswer, { kind: 'checked' }>): StorageOption['measured'] {
  const { bytes, agreement01, frameMs, reason } = check;
  return agreement01 === null
    ? { kind: 'unmeasured', reason }
    : { kind: 'measured', bytes, agreement01, frameMs };
}

/** A readable name: the folder if the file has a generic name, else the file name without its extension. */
export function nameOf(files: readonly PickedFile[]): string {
  const main = files.find(({ path }) => /\.(pb|tflite|tar|tgz|gz|json)$/i.test(path)) ?? files[0];
  const parts = main?.path.split('/') ?? [];
  const file = parts.at(-1)?.replace(/(\.tar)?\.[^.]*$/i, '') ?? 'model';
  const folder = parts.at(-2);
  return /^(model|frozen_inference_graph)$/.test(file) && folder !== undefined ? folder : file;
}

/** Opens the worker for an import. */
export const openImportWorker: OpenImportLink = (onAnswer, onCrash) => {
  const worker = new Worker(new URL('../../worker/import.worker.ts', import.meta.url), { type: 'module' });
  worker.addEventListener('message', (event: MessageEvent<ImportAnswer>) => onAnswer(event.data));
  worker.addEventListener('error', (event) => {
    event.preventDefault();
    const detail = event.message || 'its script could not be loaded';
    onCrash({ kind: 'worker-crashed', detail });
  });
  return {
    request(request) {
      worker.postMessage(request);
    },
    end() {
      worker.terminate();
    },
  };
};
