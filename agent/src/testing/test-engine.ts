/** Engine processes for tests: the fake one, and the real one with its native library. */
import { execFileSync } from 'node:child_process';
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

/** Under agent/, so that its packages are found; Node 20 runs no TypeScript, and tsx none in its threads. */
const builtFolder = 'dist/test';
let built = false;

function builtEngine(): string {
  const agent = fileURLToPath(new URL('../..', import.meta.url));
  if (!built) execFileSync(process.execPath, ['build.js', builtFolder], { cwd: agent, stdio: 'inherit' });
  built = true;
  return `${agent}${builtFolder}/child.js`;
}

/** @param environment added to this process's own, such as EDGETPU_LIB or CPU_ENGINE */
export function startRealEngine(environment: Readonly<Record<string, string>> = {}): EngineProcess {
  return new EngineProcess({
    program: builtEngine(),
    execArgv: [],
    environment: { ...process.env, TFLITE_LIB: '', EDGETPU_LIB: '', CPU_ENGINE: '', ...environment },
    log: () => undefined,
  });
}
