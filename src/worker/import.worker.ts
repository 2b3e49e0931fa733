/** The import worker's entry: connects its one channel to the session behind it. */
import type { ImportRequest } from './import-messages.ts';
import { ImportSession } from './import-session.ts';

const session = new ImportSession((answer) => postMessage(answer));

addEventListener('message', (event: MessageEvent<ImportRequest>) => void session.handle(event.data));
