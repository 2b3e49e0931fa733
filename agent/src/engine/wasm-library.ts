/** LiteRT.js in a thread of Node: its script and binary come from the npm package, its browser is pretended. */
import { Environment, loadLiteRt, supportsFeature, type LiteRt } from '@litertjs/core';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname } from 'node:path';
import { compileFunction } from 'node:vm';
import { setFlagsFromString } from 'node:v8';

type ModuleFactory = (options: object) => Promise<unknown>;

const require = createRequire(import.meta.url);

/** Once per thread: the library keeps one instance. */
export async function loadWasmLibrary(): Promise<LiteRt> {
  // Node 20 knows relaxed SIMD but leaves it off; later ones have it on. It is 10 to 30 % faster here (x64).
  setFlagsFromString('--experimental-wasm-relaxed-simd');
  const relaxedSimd = await supportsFeature('relaxedSimd');
  const build = relaxedSimd ? 'litert_wasm_internal' : 'litert_wasm_compat_internal';
  const path = require.resolve(`@litertjs/core/wasm/${build}.js`);
  const wrapped = compileFunction(
    `${readFileSync(path, 'utf8')}\nreturn ModuleFactory;`,
    ['require', '__filename', '__dirname'],
    { filename: path },
  ) as (...parts: readonly unknown[]) => ModuleFactory;
  Object.assign(globalThis, {
    self: globalThis,
    ModuleFactory: wrapped(createRequire(path), path, dirname(path)),
    Module: { locateFile: () => path.replace(/\.js$/, '.wasm'), print: reportFault, printErr: reportFault },
    // The script was run above: nothing is left to import.
    importScripts: () => undefined,
  });
  // It would look for a GPU, and complain that there is none.
  Object.assign(Environment, {
    create: () => Promise.resolve(new Environment({ webGpuDevice: null })),
  });
  return loadLiteRt('/', { threads: false });
}

/** The library tells every step of its start as if it were an error. */
function reportFault(line: string): void {
  if (!/^(INFO|WARNING|VERBOSE):/.test(line)) console.error(`LiteRT.js: ${line}`);
}
