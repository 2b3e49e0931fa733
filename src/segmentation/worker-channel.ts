/** Owns one Web Worker: one request in flight, and every answer is checked against it. */
import { ProblemError } from '../domain/problems/problem.ts';
import type { Problem } from '../domain/problems/problem.ts';
import type { WorkerAnswer, WorkerRequest } from '../worker/messages.ts';

export type Progress = Extract<WorkerAnswer, { kind: 'progressed' }>;
/** Every answer that completes a request. */
export type FinalAnswer = Exclude<WorkerAnswer, { kind: 'progressed' | 'failed' }>;

interface Pending {
  resolve(answer: FinalAnswer): void;
  reject(error: Error): void;
}

export class WorkerChannel {
  private readonly worker: Worker;
  private readonly onProgress: (progress: Progress) => void;
  private readonly deathListeners: ((problem: Problem) => void)[] = [];
  private pending: Pending | null = null;
  private inFlight: Promise<unknown> = Promise.resolve();
  private problem: Problem | null = null;
  private terminated = false;

  constructor(worker: Worker, onProgress: (progress: Progress) => void) {
    this.worker = worker;
    this.onProgress = onProgress;
    worker.addEventListener('message', (event: MessageEvent<WorkerAnswer>) => this.receive(event.data));
    worker.addEventListener('error', (event) => {
      // Handled here, so that it does not reach the console as well.
      event.preventDefault();
      this.die({ kind: 'worker-crashed', detail: event.message || 'its script could not be loaded' });
    });
    worker.addEventListener('messageerror', () =>
      this.die({ kind: 'worker-crashed', detail: 'a message could not be read' }),
    );
  }

  /** Why the worker is unusable, or null while it lives. */
  death(): Problem | null {
    return this.problem;
  }

  /** @throws ProblemError the worker's own, or worker-crashed; the worker may live on, see death(). */
  request(message: WorkerRequest, transfer: Transferable[] = []): Promise<FinalAnswer> {
    const obstacle = this.obstacle();
    if (obstacle !== null) return Promise.reject(new ProblemError(obstacle));
    const answer = new Promise<FinalAnswer>((resolve, reject) => {
      this.pending = { resolve, reject };
      try {
        this.worker.postMessage(message, transfer);
      } catch (error) {
        this.pending = null;
        reject(error instanceof Error ? error : new Error(String(error)));
      }
    });
    this.inFlight = answer.catch(() => undefined);
    return answer;
  }

  /** Resolves when no request is in flight. */
  async idle(): Promise<void> {
    await this.inFlight;
  }

  /** Called once when the worker dies by itself; called immediately if it is already dead. */
  onDeath(listener: (problem: Problem) => void): void {
    if (this.problem === null) this.deathListeners.push(listener);
    else listener(this.problem);
  }

  /** Ends the worker and rejects the request in flight with `reason`. May be called twice. */
  terminate(reason: Error): void {
    if (this.terminated) return;
    this.terminated = true;
    this.worker.terminate();
    this.settle()?.reject(reason);
  }

  private obstacle(): Problem | null {
    if (this.problem !== null) return this.problem;
    if (this.terminated) return { kind: 'worker-crashed', detail: 'it was closed' };
    if (this.pending !== null) return { kind: 'inference-failed', detail: 'another request is in flight' };
    return null;
  }

  private receive(answer: WorkerAnswer): void {
    if (answer.kind === 'progressed') this.onProgress(answer);
    else if (answer.kind !== 'failed') this.settle()?.resolve(answer);
    else if (answer.fatal) this.die(answer.problem);
    else this.settle()?.reject(new ProblemError(answer.problem));
  }

  private die(problem: Problem): void {
    if (this.problem !== null || this.terminated) return;
    this.problem = problem;
    this.settle()?.reject(new ProblemError(problem));
    for (const listener of this.deathListeners) listener(problem);
  }

  private settle(): Pending | null {
    const { pending } = this;
    this.pending = null;
    return pending;
  }
}
