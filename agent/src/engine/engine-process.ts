/** The server's side of the engine process: one job at a time, a watchdog, and a restart after every crash. */
import { fork, type ChildProcess, type ForkOptions } from 'node:child_process';
import { AgentFailure } from '../agent-failure.ts';
import { LISTENING } from './messages.ts';
import type { AnswerMessage, EngineJob, JobMessage, ResultOf } from './messages.ts';

export interface EngineProcessOptions {
  /** The program that is forked. */
  readonly program: string | URL;
  readonly execArgv: readonly string[];
  readonly environment: NodeJS.ProcessEnv;
  /** Receives the engine's stderr, line by line. */
  readonly log: (line: string) => void;
}

export interface JobDone<Job extends EngineJob> {
  readonly result: ResultOf<Job>;
  /** ms spent waiting for earlier jobs */
  readonly waitMs: number;
}

interface Running {
  readonly id: number;
  readonly resolve: (message: AnswerMessage) => void;
  readonly reject: (error: AgentFailure) => void;
}

const LONGEST_PAUSE_MS = 5_000;
/** Generous: a board that is swapping needs seconds to start Node. */
const START_LIMIT_MS = 30_000;
const LAST_WORDS_LENGTH = 300;

export class EngineProcess {
  private readonly options: EngineProcessOptions;
  private readonly listeners = new Set<(restarts: number) => void>();
  private child: ChildProcess | null = null;
  private running: Running | null = null;
  private queue: Promise<unknown> = Promise.resolve();
  private nextId = 1;
  private restarts = 0;
  private failedStarts = 0;
  private answeredOnce = false;
  /** Settles when the process listens: a message sent to one that is still starting may be lost. */
  private listening: Promise<void> = Promise.resolve();
  private endStart: () => void = () => undefined;
  private lastWords = '';
  private restart: { readonly timer: NodeJS.Timeout; readonly done: Promise<void> } | null = null;
  private endRestart: (() => void) | null = null;
  private closed = false;
  private killedByWatchdog = false;

  constructor(options: EngineProcessOptions) {
    this.options = options;
    this.spawn();
  }

  /** Null between a crash and the restart. */
  get pid(): number | null {
    return this.child?.pid ?? null;
  }

  /** Called after every restart; returns a function that unsubscribes. */
  onRestart(listener: (restarts: number) => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  /**
   * Waits for its turn, then runs; a job that takes longer than `limitMs` kills the process.
   * @throws AgentFailure of the job, or engine-crashed or engine-timed-out
   */
  do<Job extends EngineJob>(job: Job, limitMs: number): Promise<JobDone<Job>> {
    const asked = performance.now();
    const turn = this.queue.then(async () => {
      await this.restart?.done;
      await this.listening;
      const waitMs = performance.now() - asked;
      const message = await this.send(job, limitMs);
      if ('failure' in message) throw new AgentFailure(message.failure.kind, message.failure.sentence);
      // The engine answers every kind of job with its own kind of result (engine.ts).
      return { result: message.result as ResultOf<Job>, waitMs };
    });
    this.queue = turn.catch(() => undefined);
    return turn;
  }

  /** Ends the process permanently; may be called twice. */
  close(): void {
    this.closed = true;
    if (this.restart !== null) clearTimeout(this.restart.timer);
    this.endRestart?.();
    this.child?.kill('SIGKILL');
    this.listeners.clear();
  }

  private send(job: EngineJob, limitMs: number): Promise<AnswerMessage> {
    const child = this.child;
    if (child === null)
      return Promise.reject(new AgentFailure('engine-crashed', 'The engine is not running.'));
    return new Promise((resolve, reject) => {
      const id = this.nextId++;
      const watchdog = setTimeout(() => {
        this.killedByWatchdog = true;
        child.kill('SIGKILL');
      }, limitMs);
      this.running = {
        id,
        resolve: (message) => {
          clearTimeout(watchdog);
          resolve(message);
        },
        reject: (error) => {
          clearTimeout(watchdog);
          reject(error);
        },
      };
      child.send({ id, job } satisfies JobMessage, (error) => {
        // Sending to a dead process fails; its exit event, which says why, follows.
        if (error !== null) this.lastWords ||= error.message;
      });
    });
  }

  private spawn(): void {
    const { program, execArgv, environment, log } = this.options;
    const options: ForkOptions = {
      serialization: 'advanced',
      execArgv: [...execArgv],
      env: environment,
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    };
    const child = fork(program, options);
    this.child = child;
    this.answeredOnce = false;
    const startLimit = setTimeout(() => child.kill('SIGKILL'), START_LIMIT_MS);
    this.listening = new Promise((resolve) => {
      this.endStart = () => {
        clearTimeout(startLimit);
        resolve();
      };
    });
    this.lastWords = '';
    child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      const lines = text.split('\n').filter((line) => line.trim() !== '');
      lines.forEach(log);
      this.lastWords = (lines.at(-1) ?? this.lastWords).slice(0, LAST_WORDS_LENGTH);
    });
    child.on('message', (message: AnswerMessage | typeof LISTENING) => {
      if (message === LISTENING) {
        this.endStart();
        return;
      }
      const { running } = this;
      if (running?.id !== message.id) return;
      this.running = null;
      this.answeredOnce = true;
      running.resolve(message);
    });
    child.on('error', (error) => {
      this.lastWords = error.message;
      if (child.pid === undefined) this.buried(null, null);
    });
    // 'close', not 'exit': only then all of its output has been read.
    child.on('close', (code, signal) => this.buried(code, signal));
  }

  private buried(code: number | null, signal: NodeJS.Signals | null): void {
    if (this.child === null) return;
    this.child = null;
    this.endStart();
    const { running, killedByWatchdog } = this;
    this.running = null;
    this.killedByWatchdog = false;
    if (!this.closed) this.planRestart();
    running?.reject(
      killedByWatchdog
        ? new AgentFailure('engine-timed-out', 'The engine did not answer in time and was stopped.')
        : new AgentFailure('engine-crashed', this.obituary(code, signal)),
    );
  }

  private obituary(code: number | null, signal: NodeJS.Signals | null): string {
    const cause = signal === null ? `with exit code ${String(code)}` : `by ${signal}`;
    return `The engine process ended ${cause}${this.lastWords === '' ? '' : `: ${this.lastWords}`}.`;
  }

  /**
   * Restarts at once if the process has answered, otherwise after growing delays, so that a broken library does not
   * burn CPU.
   */
  private planRestart(): void {
    this.failedStarts = this.answeredOnce ? 0 : this.failedStarts + 1;
    const pauseMs =
      this.failedStarts < 4 ? 50 : Math.min(LONGEST_PAUSE_MS, 50 * 2 ** (this.failedStarts - 2));
    let end = (): void => undefined;
    const done = new Promise<void>((resolve) => {
      end = resolve;
    });
    this.endRestart = end;
    const timer = setTimeout(() => {
      this.restart = null;
      this.endRestart = null;
      this.restarts++;
      this.spawn();
      end();
      for (const listener of this.listeners) listener(this.restarts);
    }, pauseMs);
    this.restart = { timer, done };
  }
}
