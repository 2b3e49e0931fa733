/** The worker's entry: connects the one channel to the session behind it. */
import type { WorkerRequest } from './messages.ts';
import { WorkerSession } from './worker-session.ts';

const session = new WorkerSession((answer, transfer) => postMessage(answer, { transfer }));

addEventListener('message', (event: MessageEvent<WorkerRequest>) => void session.handle(event.data));
