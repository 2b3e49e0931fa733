/**
 * Keeps the WASM backend's threads alive through minification: tfjs-backend-wasm builds its pthread worker from
 * wasmFactoryThreadedSimd.toString(), and a minifier renames what that source refers to ("e is not defined", then
 * a hang). This plugin replaces that script by the original source of its own file, which declares the same
 * variable.
 */
import type { Plugin } from 'vite';

const STRINGIFIED = /`var WasmBackendModuleThreadedSimd = ` \+\s*wasmFactoryThreadedSimd\.toString\(\)/;
const SOURCE = '@tensorflow/tfjs-backend-wasm/wasm-out/tfjs-backend-wasm-threaded-simd.js?raw';

export function tfjsWasmThreads(): Plugin {
  return {
    name: 'segscope:tfjs-wasm-threads',
    enforce: 'pre',
    transform(code, id) {
      if (!/tfjs-backend-wasm\/dist\/backend_wasm\.js/.test(id)) return null;
      if (!STRINGIFIED.test(code)) {
        this.error(
          'tfjs-backend-wasm no longer stringifies its threaded factory: this plugin needs an update.',
        );
      }
      return {
        code: `import threadedFactorySource from '${SOURCE}';\n${code.replace(STRINGIFIED, 'threadedFactorySource')}`,
        map: null,
      };
    },
  };
}
