import { afterEach, describe, expect, test } from 'vitest';
import { ProblemError } from '../domain/problems/problem.ts';
import type { Problem } from '../domain/problems/problem.ts';
import { WorkerChannel } from './worker-channel.ts';

const LOST: Problem = { kind: 'context-lost', backend: 'webgl' };
const CLOSED = { kind: 'closed', memory: { tensors: 0, bytes: 0 } } as const;

const channels: WorkerChannel[] = [];

/** A channel to a worker that runs this script. */
function channelTo(script: string): WorkerChannel {
  const url = URL.createObjectURL(new Blob([script], { type: 'text/javascript' }));
  const channel = new WorkerChannel(new Worker(url), () => undefined);
  channels.push(channel);
  return channel;
}

function answering(answer: unknown): string {
  return `onmessage = () => postMessage(${JSON.stringify(answer)});`;
}

async function problemOf(promise: Promise<unknown>): Promise<Problem> {
  const error: unknown = await promise.then(
    () => null,
    (reason: unknown) => reason,
  );
  if (error instanceof ProblemError) return error.problem;
  throw new Error(`Expected a ProblemError, got ${String(error)}.`);
}

function deathOf(channel: WorkerChannel): Promise<Problem> {
  return new Promise((resolve) => channel.onDeath(resolve));
}

afterEach(() => {
  for (const channel of channels.splice(0)) channel.terminate(new Error('The test is over.'));
});

describe('WorkerChannel', () => {
  test('reports once a device that dies while nothing runs', async () => {
    const channel = channelTo(
      `postMessage(${JSON.stringify({ kind: 'failed', problem: LOST, fatal: true })});`.repeat(2),
    );
    const told: Problem[] = [];
    channel.onDeath((problem) => told.push(problem));
    expect(await deathOf(channel)).toEqual(LOST);
    expect(await problemOf(channel.request({ kind: 'close' }))).toEqual(LOST);
    expect(told).toEqual([LOST]);
  });

  test('fails the request and ends the worker on a fatal answer, and only fails the request on any other failure', async () => {
    const problem: Problem = { kind: 'inference-failed', detail: 'odd picture' };
    const mild = channelTo(answering({ kind: 'failed', problem, fatal: false }));
    expect(await problemOf(mild.request({ kind: 'measure-bare', repeats: 1 }))).toEqual(problem);
    expect(mild.death()).toBeNull();
    const fatal = channelTo(answering({ kind: 'failed', problem: LOST, fatal: true }));
    expect(await problemOf(fatal.request({ kind: 'measure-bare', repeats: 1 }))).toEqual(LOST);
    expect(fatal.death()).toEqual(LOST);
    expect(await deathOf(fatal)).toEqual(LOST);
  });

  test('treats an exception in the worker as a crash', async () => {
    const channel = channelTo(`onmessage = () => { throw new Error('boom'); };`);
    expect(await problemOf(channel.request({ kind: 'close' }))).toMatchObject({
      kind: 'worker-crashed',
      detail: expect.stringContaining('boom') as string,
    });
  });

  test('refuses a second request while one is in flight, without disturbing the first', async () => {
    const channel = channelTo(answering(CLOSED));
    const first = channel.request({ kind: 'close' });
    expect(await problemOf(channel.request({ kind: 'close' }))).toMatchObject({ kind: 'inference-failed' });
    expect(await first).toEqual(CLOSED);
  });

  test('idle() waits for the request in flight', async () => {
    const channel = channelTo(answering(CLOSED));
    let answered = false;
    const request = channel.request({ kind: 'close' }).then(() => {
      answered = true;
    });
    await channel.idle();
    await request;
    expect(answered).toBe(true);
    expect(await channel.request({ kind: 'close' })).toEqual(CLOSED);
  });

  test('rejects the request in flight with the reason when the worker ends, and reports nothing more', async () => {
    const channel = channelTo('onmessage = () => undefined;');
    const reason = new Error('switched');
    const request = channel.request({ kind: 'close' });
    channel.terminate(reason);
    await expect(request).rejects.toBe(reason);
    expect(await problemOf(channel.request({ kind: 'close' }))).toMatchObject({ kind: 'worker-crashed' });
    expect(channel.death()).toBeNull();
  });
});
