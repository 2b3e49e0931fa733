/** What every engine makes of a .tflite file: one input, one output, and an end. */
import type { LibraryVersion } from './messages.ts';
import type { NativeTensor } from './tflite-library.ts';

export interface RunnableNetwork {
  /** Stands beside every time that is measured with it. */
  readonly engine: LibraryVersion;
  /** Has to be filled before every run: engines may use its memory for what they compute. */
  readonly input: NativeTensor;
  /** Of the last run. */
  readonly output: NativeTensor;
  /** Off the event loop. @throws AgentFailure */
  invoke(): Promise<void>;
  /** May be called twice. */
  close(): void;
}
