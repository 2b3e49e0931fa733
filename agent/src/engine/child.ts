/** Entry of the engine process: jobs in, answers out. A crash in native code ends it, but not the server. */
import { failureOf } from '../agent-failure.ts';
import { Engine } from './engine.ts';
import { LISTENING } from './messages.ts';
import type { AnswerMessage, JobMessage } from './messages.ts';

const engine = new Engine(process.env);

process.on('message', ({ id, job }: JobMessage) => {
  engine.run(job).then(
    (result) => answer({ id, result }),
    (error: unknown) =>
      answer({ id, failure: failureOf(error, job.kind === 'load' ? 'model-unusable' : 'frame-invalid') }),
  );
});

process.send?.(LISTENING);

// The server is gone, so there is nothing left to do.
process.on('disconnect', () => {
  process.exit();
});

function answer(message: AnswerMessage): void {
  process.send?.(message);
}
