/** The port that every engine implements for a .tflite file: one input, one output, close(). */
import type { LibraryVersion } from './messages.ts';
import type { NativeTensor } from './tflite-library.ts';

export interface RunnableNetwork {
  /** Reported with every time measured with it. */
  readonly engine: LibraryVersion;
  /** Must be filled before every run: engines may reuse its memory. */
  readonly input: NativeTensor;
  /** Of the last run. */
  readonly output: NativeTensor;
  /** Runs off the event loop. @throws AgentFailure */
  invoke(): Promise<void>;
  /** May be called twice. */
  close(): void;
}
