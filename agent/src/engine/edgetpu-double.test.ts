import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { afterEach, describe, expect, test } from 'vitest';
import { decodeInferredLabels } from '../../../src/protocol/inferred-labels.ts';
import { compileDouble, hasCompiler } from '../testing/compile-double.ts';
import { startRealEngine } from '../testing/test-engine.ts';
import type { EngineProcess } from './engine-process.ts';

const LIMIT_MS = 50_000;
const agent = fileURLToPath(new URL('../..', import.meta.url));
const embedded = `${agent}../public/models/segscope-mnv2-257/tflite/segscope-mnv2-257-int8.tflite`;
const coral = `${agent}../../shared/models/coral/deeplabv3_mnv2_dm05_pascal_quant_edgetpu.tflite`;

const compiles = hasCompiler();
const double = compiles ? compileDouble(agent) : '';

let engine: EngineProcess | null = null;
afterEach(() => {
  engine?.close();
});

function load(path: string, tail: 'cut' | 'stock' = 'stock') {
  const job = { kind: 'load', session: 1, path, tail, device: 'edgetpu', threads: 1 } as const;
  return (engine as EngineProcess).do(job, LIMIT_MS);
}

test('4.2 without libedgetpu the Edge TPU is an error', async () => {
  engine = startRealEngine({ EDGETPU_LIB: '/nowhere/libedgetpu.so.1' });
  await expect(load(embedded)).rejects.toMatchObject({ failure: { kind: 'edgetpu-library-missing' } });
  const { result } = await engine.do({ kind: 'probe' }, LIMIT_MS);
  expect(result).toMatchObject({ edgeTpuLibrary: null, testDouble: false });
  expect(result.engine?.version).toMatch(/^\d+\.\d+/);
});

describe.skipIf(!compiles)('with a C compiler for the test double (skipped without one)', () => {
  test('4.3 the double is listed and used as a test double, never as an Edge TPU', async () => {
    engine = startRealEngine({ EDGETPU_LIB: double });
    const { result } = await engine.do({ kind: 'probe' }, LIMIT_MS);
    expect(result).toMatchObject({ testDouble: true, edgeTpuDevices: [{ bus: 'usb' }] });
    const loaded = await load(embedded);
    expect(loaded.result.facts.deviceUsed).toBe('test-double');
    expect(loaded.result.facts.deviceName).toMatch(/^TEST DOUBLE/);
  });

  test('4.2 a device that refuses is an error, and the engine lives on', async () => {
    engine = startRealEngine({ EDGETPU_LIB: double, EDGETPU_DOUBLE: 'refuse' });
    await expect(load(embedded)).rejects.toMatchObject({ failure: { kind: 'edgetpu-refused' } });
    await expect(engine.do({ kind: 'probe' }, LIMIT_MS)).resolves.toMatchObject({
      result: { kind: 'probed' },
    });
  });

  test('8.5 a library that aborts its process is reported by the signal, and a new engine works', async () => {
    engine = startRealEngine({ EDGETPU_LIB: double, EDGETPU_DOUBLE: 'abort' });
    await expect(load(embedded)).rejects.toMatchObject({
      failure: { kind: 'engine-crashed', sentence: expect.stringContaining('SIGABRT') as unknown },
    });
    await expect(engine.do({ kind: 'probe' }, LIMIT_MS)).resolves.toMatchObject({
      result: { kind: 'probed' },
    });
  });

  test.skipIf(!existsSync(coral))(
    'cutting a compiled file leaves fewer operators to the CPU (needs ../shared beside the checkout)',
    async () => {
      engine = startRealEngine({ EDGETPU_LIB: double });
      const stock = (await load(coral, 'stock')).result.facts;
      const cut = (await load(coral, 'cut')).result.facts;
      expect({ tpu: stock.operatorsOnTpu, cpu: stock.operatorsOnCpu }).toEqual({ tpu: 1, cpu: 8 });
      expect({ tpu: cut.operatorsOnTpu, cpu: cut.operatorsOnCpu }).toEqual({ tpu: 1, cpu: 5 });
      const frame = {
        frameId: 1,
        codec: 'rgb8',
        fit: 'fit',
        width: 1,
        height: 1,
        payload: new Uint8Array(3),
      } as const;
      const { result } = await engine.do({ kind: 'infer', session: 1, frame }, LIMIT_MS);
      expect(decodeInferredLabels(result.answer).labels).toHaveLength(513 * 513);
    },
  );
});
