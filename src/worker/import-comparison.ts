/** Measures what the conversion changed, for each way of storing the weights. */
import type { SelfCheck } from '../catalogue/model-description.ts';
import type { ImportedModel } from '../model-import/import-model.ts';
import { startBackend } from './backend-start.ts';
import { messageOf } from './failure.ts';
import {
  agreementOn,
  checkedSize,
  runConverted,
  runPublished,
  squareOf,
  type CheckedRun,
  type GoldenSquare,
} from './import-check.ts';
import { WEIGHT_STORAGES } from '../domain/import-report.ts';
import type { WeightStorage } from '../domain/import-report.ts';
import type { GoldenPicture, ImportAnswer, StorageCheck } from './import-messages.ts';
import type { RunningBackend } from './running-backend.ts';

/** Runs the same in every browser and on every machine. */
const BACKEND = 'wasm';

export class ImportComparison {
  private readonly golden: GoldenPicture;
  private readonly post: (answer: ImportAnswer) => void;
  private readonly results = new Map<WeightStorage, SelfCheck>();
  private stopped = false;

  constructor(golden: GoldenPicture, post: (answer: ImportAnswer) => void) {
    this.golden = golden;
    this.post = post;
  }

  /** Posts 'published-measured', one 'checked' per storage, and 'all-checked'. Never rejects. */
  async compare(plain: ImportedModel, stored: (weights: WeightStorage) => ImportedModel): Promise<void> {
    let square: GoldenSquare | null = null;
    try {
      const inputSize = checkedSize(plain.facts);
      square = await this.goldenSquare(inputSize);
      const backend = await startBackend(BACKEND);
      await heard();
      if (this.isStopped()) return;
      const published = await attempt(runPublished(backend, plain, square));
      await heard();
      if (this.isStopped()) return;
      if (published.run !== null) {
        this.post({ kind: 'published-measured', frameMs: published.run.frameMs, inputSize });
      }
      for (const weights of WEIGHT_STORAGES) {
        await this.check(weights, stored(weights), published, backend, square);
        await heard();
        if (this.isStopped()) return;
      }
    } catch (error) {
      for (const weights of WEIGHT_STORAGES) {
        if (!this.results.has(weights)) this.answer(weights, stored(weights), null, messageOf(error), null);
      }
    } finally {
      square?.pixels.close();
      if (!this.isStopped()) this.post({ kind: 'all-checked' });
    }
  }

  stop(): void {
    this.stopped = true;
  }

  /** null if this storage has not been compared. */
  resultFor(weights: WeightStorage): SelfCheck | null {
    return this.results.get(weights) ?? null;
  }

  private isStopped(): boolean {
    return this.stopped;
  }

  private async check(
    weights: WeightStorage,
    imported: ImportedModel,
    published: Attempt,
    backend: RunningBackend,
    square: GoldenSquare,
  ): Promise<void> {
    const { run, reason } = await attempt(runConverted(backend, imported, square));
    if (run === null || published.run === null) {
      this.answer(weights, imported, null, run === null ? reason : published.reason, run);
      return;
    }
    const agreement = agreementOn(square, published.run.labelMap, run.labelMap);
    this.results.set(weights, {
      picture: this.golden.name,
      backend: BACKEND,
      inputSize: square.pixels.width,
      agreement01: agreement,
    });
    this.answer(weights, imported, agreement, '', run);
  }

  private answer(
    weights: WeightStorage,
    imported: ImportedModel,
    agreement: number | null,
    reason: string,
    run: CheckedRun | null,
  ): void {
    const bytes = imported.report.weightBytes;
    const check: StorageCheck = {
      weights,
      bytes,
      agreement01: agreement,
      reason,
      frameMs: run?.frameMs ?? null,
    };
    this.post({ kind: 'checked', ...check });
  }

  private async goldenSquare(size: number): Promise<GoldenSquare> {
    const response = await fetch(this.golden.url);
    if (!response.ok) throw new Error(`the picture ${this.golden.name} is missing (HTTP ${response.status})`);
    const picture = await createImageBitmap(await response.blob());
    try {
      return squareOf(picture, size);
    } finally {
      picture.close();
    }
  }
}

/** Handles messages between two runs: the user may have decided by now. */
const heard = () => new Promise((resolve) => setTimeout(resolve));

/** A run, or why it failed. */
type Attempt =
  { readonly run: CheckedRun; readonly reason: '' } | { readonly run: null; readonly reason: string };

async function attempt(work: Promise<CheckedRun>): Promise<Attempt> {
  try {
    return { run: await work, reason: '' };
  } catch (error) {
    return { run: null, reason: messageOf(error) };
  }
}
