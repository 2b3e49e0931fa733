/** One import: reads the files, converts them, compares the result with the published network, and stores it. */
import { ProblemError, type Problem } from '../domain/problems/problem.ts';
import { describeImport, ownFolder } from '../model-import/describe-import.ts';
import { importModel, type ImportedModel, type ImportFile } from '../model-import/import-model.ts';
import { unpackArchive } from '../model-import/unpack-archive.ts';
import { messageOf } from './failure.ts';
import { ImportComparison } from './import-comparison.ts';
import { WEIGHT_STORAGES, type WeightStorage } from '../domain/import-report.ts';
import type { GoldenPicture, ImportAnswer, ImportRequest } from './import-messages.ts';
import { downloadFromPublisher } from './publisher-download.ts';
import { sha256Hex } from './sha256.ts';
import { keepModel, STORE_LOCK } from '../catalogue/browser-store.ts';
import type { ModelDescription } from '../catalogue/model-description.ts';

type KeepRequest = Extract<ImportRequest, { kind: 'keep' }>;

/** Share of the progress bar for reading and unpacking, before the conversion. */
const READING_SHARE = 0.2;

export class ImportSession {
  private readonly post: (answer: ImportAnswer) => void;
  private name = 'model';
  private sources: readonly ImportFile[] = [];
  private readonly converted = new Map<WeightStorage, ImportedModel>();
  private comparison: ImportComparison | null = null;
  private downloadedFrom: string | null = null;

  constructor(post: (answer: ImportAnswer) => void) {
    this.post = post;
  }

  /** Never rejects: failures are posted. */
  async handle(request: ImportRequest): Promise<void> {
    try {
      switch (request.kind) {
        case 'convert':
          this.name = request.name;
          await this.convert(await this.read(request.files), request.golden);
          break;
        case 'download':
          this.name = request.name;
          this.downloadedFrom = request.download.url;
          await this.convert(await this.download(request), request.golden);
          break;
        case 'keep':
          await this.keep(request);
          break;
      }
    } catch (error) {
      this.post({ kind: 'failed', problem: problemOfImport(error, this.name) });
    }
  }

  private async read(files: Extract<ImportRequest, { kind: 'convert' }>['files']): Promise<ImportFile[]> {
    this.post({ kind: 'progressed', phase: 'Reading the files', done01: 0 });
    return Promise.all(
      files.map(async ({ path, file }) => ({ path, bytes: new Uint8Array(await file.arrayBuffer()) })),
    );
  }

  private download(request: Extract<ImportRequest, { kind: 'download' }>): Promise<readonly ImportFile[]> {
    return downloadFromPublisher(request.modelId, request.download, (loaded, total) => {
      const phase = `Downloading, ${(loaded / 1e6).toFixed(1)} MB`;
      this.post({ kind: 'progressed', phase, done01: total === null ? null : loaded / total });
    });
  }

  private async convert(files: readonly ImportFile[], golden: GoldenPicture): Promise<void> {
    this.post({ kind: 'progressed', phase: 'Unpacking', done01: READING_SHARE / 2 });
    const unpacked = await Promise.all(files.map(unpackArchive));
    this.sources = await Promise.all(
      unpacked.flat().map(async (file) => ({ ...file, sha256: await sha256Hex(file.bytes) })),
    );
    const plain = this.stored('float32');
    const storages = plain.runtime === 'litert' ? [] : WEIGHT_STORAGES;
    this.post({ kind: 'converted', runtime: plain.runtime, storages, report: plain.report });
    if (plain.runtime === 'litert') {
      this.post({ kind: 'all-checked' });
      return;
    }
    this.comparison = new ImportComparison(golden, this.post);
    await this.comparison.compare(plain, (weights) => this.stored(weights));
  }

  /** Converts once for each way of storing the weights. */
  private stored(weights: WeightStorage): ImportedModel {
    const known = this.converted.get(weights);
    if (known !== undefined) return known;
    const imported = importModel(this.sources, {
      name: this.name,
      weights,
      onProgress: (phase, done01) => {
        if (this.converted.size > 0) return;
        this.post({
          kind: 'progressed',
          phase,
          done01: READING_SHARE + (1 - READING_SHARE) * done01,
        });
      },
    });
    this.converted.set(weights, imported);
    return imported;
  }

  private async keep({ folder, taken, weights, known }: KeepRequest): Promise<void> {
    this.comparison?.stop();
    const imported = this.stored(weights);
    const files = await Promise.all(
      imported.files.map(async ({ path, bytes }) => ({
        path,
        bytes: bytes.length,
        sha256: await sha256Hex(bytes),
      })),
    );
    const description = describeImport(imported, {
      folder: folder ?? ownFolder(this.name, new Set(taken)),
      name: known?.name ?? this.name,
      files,
      weights,
      selfCheck: this.comparison?.resultFor(weights) ?? null,
      installedAt: new Date(),
      downloadedFrom: this.downloadedFrom,
      known,
    });
    const pageOnly = await keepInBrowser(description, imported.files);
    this.post({ kind: 'kept', entry: description.entry, pageOnly });
  }
}

/** Any other exception of a converter means that the file is damaged. */
function problemOfImport(error: unknown, fileName: string): Problem {
  if (error instanceof ProblemError) return error.problem;
  const detail = messageOf(error);
  return error instanceof DOMException
    ? { kind: 'source-unreachable', what: fileName, detail }
    : { kind: 'import-damaged', fileName, detail };
}

type PageOnly = Extract<ImportAnswer, { kind: 'kept' }>['pageOnly'];

/**
 * @returns null if the model is stored, otherwise why not and the files themselves.
 * @throws ProblemError models-full
 */
async function keepInBrowser(description: ModelDescription, files: readonly ImportFile[]): Promise<PageOnly> {
  let root: FileSystemDirectoryHandle;
  try {
    root = await navigator.storage.getDirectory();
  } catch (error) {
    // Private windows refuse (SecurityError); plain-http addresses have no navigator.storage at all.
    return {
      reason: globalThis.isSecureContext ? messageOf(error) : 'the page is open over plain http',
      files: files.map(({ path, bytes }) => ({ path, file: new Blob([bytes]) })),
    };
  }
  try {
    await navigator.locks.request(STORE_LOCK, () => keepModel(root, description, files));
    return null;
  } catch (error) {
    if (!(error instanceof DOMException) || error.name !== 'QuotaExceededError') throw error;
    const bytes = files.reduce((sum, file) => sum + file.bytes.length, 0);
    throw new ProblemError({ kind: 'models-full', megabytes: Math.ceil(bytes / 1e6) }, { cause: error });
  }
}
