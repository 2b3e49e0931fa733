import { readFileSync } from 'node:fs';
import { runInNewContext } from 'node:vm';
import { expect, test } from 'vitest';
import { tfjsWasmThreads } from './tfjs-wasm-threads.ts';

const PACKAGE = 'node_modules/@tensorflow/tfjs-backend-wasm';

function transformed(path: string): string | null {
  const { transform } = tfjsWasmThreads();
  if (typeof transform !== 'function') throw new Error('The plugin has no transform function.');
  const result: unknown = Reflect.apply(transform, { error: fail }, [readFileSync(path, 'utf8'), path]);
  return result === null ? null : (result as { code: string }).code;
}

function fail(message: string): never {
  throw new Error(message);
}

test('the script that every WASM thread loads runs, and declares the factory', () => {
  const code = transformed(`${PACKAGE}/dist/backend_wasm.js`);
  const script = code?.match(/mainScriptUrlOrBlob = new Blob\(\[([\s\S]*?)\], \{/)?.[1];
  if (script === undefined) throw new Error('The blob of the threads is missing.');
  const threadedFactorySource = readFileSync(
    `${PACKAGE}/wasm-out/tfjs-backend-wasm-threaded-simd.js`,
    'utf8',
  );
  const source: unknown = runInNewContext(script, { threadedFactorySource });
  expect(runInNewContext(`${String(source)}\ntypeof WasmBackendModuleThreadedSimd`, {})).toBe('function');
});

test('no other file is changed', () => expect(transformed(`${PACKAGE}/dist/base.js`)).toBeNull());
