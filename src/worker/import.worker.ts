/** The import worker's entry: connects its one channel to the session behind it. */
import type { ImportRequest } from './import-messages.ts';

// Imported dynamically, for the reason in segmentation.worker.ts.
const session = import('./import-session.ts').then(
  ({ ImportSession }) => new ImportSession((answer) => postMessage(answer)),
);

session.catch(reportError);

addEventListener(
  'message',
  (event: MessageEvent<ImportRequest>) => void session.then((ready) => ready.handle(event.data)),
);
