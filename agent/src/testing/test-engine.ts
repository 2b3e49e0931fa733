/** Engine processes for tests: the fake one, and the real one with its native library. */
import { fileURLToPath } from 'node:url';
import { EngineProcess } from '../engine/engine-process.ts';

export function startFakeEngine(): EngineProcess {
  return new EngineProcess({
    program: fileURLToPath(new URL('./fake-child.js', import.meta.url)),
    execArgv: [],
    environment: process.env,
    log: () => undefined,
  });
}

/** @param environment added to this process's own, such as EDGETPU_LIB */
export function startRealEngine(environment: Readonly<Record<string, string>> = {}): EngineProcess {
  return new EngineProcess({
    program: fileURLToPath(new URL('../engine/child.ts', import.meta.url)),
    // Node 20 cannot run TypeScript by itself.
    execArgv: ['--import', 'tsx'],
    environment: { ...process.env, TFLITE_LIB: '', EDGETPU_LIB: '', ...environment },
    log: () => undefined,
  });
}
