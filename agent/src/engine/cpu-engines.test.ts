import { describe, expect, test } from 'vitest';
import { alike, cpuEngineOf, fasterOf } from './cpu-engines.ts';
import type { RunnableNetwork } from './runnable-network.ts';

const tensor = (type: string, bytes: Uint8Array<ArrayBuffer>, elements: number) => ({
  type,
  shape: [1, elements],
  bytes,
});

let clockMs = 0;
const now = () => clockMs;

/** A network with fixed scores and a fixed duration on the test's clock. */
function network(score: number, runMs: number): RunnableNetwork {
  return {
    engine: { name: 'pretended', version: '0' },
    input: tensor('uint8', new Uint8Array(12), 12),
    output: tensor('uint8', new Uint8Array(100).fill(score), 100),
    invoke: () => {
      clockMs += runMs;
      return Promise.resolve();
    },
    close: () => undefined,
  };
}

describe('which engine runs a network', () => {
  test('the faster one of two that agree', async () => {
    expect(await fasterOf(network(7, 200), network(9, 100), now)).toBe('litert');
    expect(await fasterOf(network(7, 100), network(9, 200), now)).toBe('tflite');
  });

  test('never one with different scores, however fast', async () => {
    expect(await fasterOf(network(7, 100), network(200, 1), now)).toBe('tflite');
  });

  test('an unknown engine name means that both are tried', () =>
    expect([cpuEngineOf('litert'), cpuEngineOf(''), cpuEngineOf(undefined)]).toEqual([
      'litert',
      'auto',
      'auto',
    ]));
});

describe('outputs are alike', () => {
  test('if 64-bit and 32-bit labels are the same', () => {
    const wide = new Uint8Array(80);
    const narrow = new Uint8Array(40);
    for (let i = 0; i < 10; i++) {
      wide[i * 8] = i;
      narrow[i * 4] = i;
    }
    expect(alike(tensor('int64', wide, 10), tensor('int32', narrow, 10))).toBe(true);
    narrow.fill(1);
    expect(alike(tensor('int64', wide, 10), tensor('int32', narrow, 10))).toBe(false);
  });

  test('only at the same size', () => {
    const bytes = new Uint8Array(10);
    expect(alike(tensor('uint8', bytes, 10), tensor('uint8', bytes.slice(5), 5))).toBe(false);
  });
});
