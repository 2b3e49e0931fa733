/** Answers the page's requests one after the other, and reports when the device dies in between. */
import type { Problem } from '../domain/problems/problem.ts';
import { failureOf } from './failure.ts';
import type { WorkerAnswer, WorkerMemory, WorkerRequest } from './messages.ts';
import { loadModel } from './model-loading.ts';
import type { LoadedModel } from './model-loading.ts';
import type { LoadRequest, Runtime } from './runtime.ts';

export type PostAnswer = (answer: WorkerAnswer, transfer: Transferable[]) => void;

export class WorkerSession {
  private readonly post: PostAnswer;
  private runtime: Runtime | null = null;
  private loaded: LoadedModel | null = null;
  private busy = false;
  /** The device's death has been reported to the page. */
  private deathTold = false;

  constructor(post: PostAnswer) {
    this.post = post;
  }

  /** Never rejects: an error becomes a 'failed' answer. */
  async handle(request: WorkerRequest): Promise<void> {
    this.busy = true;
    try {
      await this.answer(request);
    } catch (error) {
      this.fail(error);
    } finally {
      this.busy = false;
      // The device died during the request, after it was last checked.
      const death = this.runtime?.device.death() ?? null;
      if (death !== null) this.tellDeath(death);
    }
  }

  private async answer(request: WorkerRequest): Promise<void> {
    switch (request.kind) {
      case 'load':
        await this.load(request);
        return;
      case 'segment':
        await this.segment(request.frameId, request.pixels);
        return;
      case 'measure-bare': {
        const milliseconds = await this.requireLoaded().pipeline.measureBare(request.repeats);
        this.post({ kind: 'bare-measured', milliseconds }, []);
        return;
      }
      case 'close':
        this.close();
        return;
    }
  }

  private async load(request: LoadRequest): Promise<void> {
    if (this.runtime !== null) throw new Error('this worker already has a model');
    this.loaded = await loadModel(request, {
      onRuntime: (runtime) => {
        this.runtime = runtime;
        runtime.device.onDeath((problem) => this.tellDeath(problem));
      },
      onProgress: (phase, loadedBytes, totalBytes) =>
        this.post({ kind: 'progressed', phase, loadedBytes, totalBytes }, []),
    });
    const { description, cold } = this.loaded;
    this.post({ kind: 'loaded', description, cold, memory: this.memory() }, []);
  }

  private async segment(frameId: number, pixels: ImageBitmap): Promise<void> {
    const arrived = performance.now();
    try {
      const { labelMap, ...stages } = await this.requireLoaded().pipeline.segment(pixels);
      const { width, height, labels } = labelMap;
      const memory = this.memory();
      const total = performance.now() - arrived;
      this.post(
        { kind: 'segmented', frameId, width, height, labels, pixels, stages: { ...stages, total }, memory },
        [labels.buffer, pixels],
      );
    } catch (error) {
      pixels.close();
      throw error;
    }
  }

  private close(): void {
    this.loaded?.pipeline.dispose();
    this.loaded = null;
    const left = this.memory();
    this.runtime?.device.close();
    this.runtime = null;
    this.deathTold = true;
    this.post({ kind: 'closed', memory: left }, []);
  }

  private memory(): WorkerMemory {
    return this.runtime?.memory() ?? { tensors: 0, bytes: 0 };
  }

  private requireLoaded(): LoadedModel {
    if (this.loaded === null) throw new Error('no model is loaded');
    return this.loaded;
  }

  private fail(error: unknown): void {
    const { problem, fatal } = failureOf(error, this.runtime?.device ?? null);
    if (fatal) this.deathTold = true;
    this.post({ kind: 'failed', problem, fatal }, []);
  }

  /** A running request fails by itself and reports it. */
  private tellDeath(problem: Problem): void {
    if (this.busy || this.deathTold) return;
    this.deathTold = true;
    this.post({ kind: 'failed', problem, fatal: true }, []);
  }
}
