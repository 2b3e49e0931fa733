/** The worker's entry: connects the one channel to the session behind it. */
import type { WorkerRequest } from './messages.ts';

// Imported dynamically, so that no chunk has a reason to import this file. WebKit would evaluate it a second time, and
// two sessions would answer. Messages wait for the session.
const session = import('./worker-session.ts').then(
  ({ WorkerSession }) => new WorkerSession((answer, transfer) => postMessage(answer, { transfer })),
);

// The page learns that a script did not load from the worker's error event; a rejection alone would not reach it.
session.catch(reportError);

addEventListener(
  'message',
  (event: MessageEvent<WorkerRequest>) => void session.then((ready) => ready.handle(event.data)),
);
