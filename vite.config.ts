import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';
import { localModels } from './config/vite/local-models.ts';
import packageJson from './package.json' with { type: 'json' };
import { tfjsWasmThreads } from './config/vite/tfjs-wasm-threads.ts';

/** Without these two headers a page gets neither threads (SharedArrayBuffer) nor clocks finer than 100 us. */
export const ISOLATION_HEADERS = {
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Embedder-Policy': 'require-corp',
  'Cross-Origin-Resource-Policy': 'same-origin',
};

/** Replaced in the source at build time. */
export const DEFINED = { __SEGSCOPE_VERSION__: JSON.stringify(packageJson.version) };

export default defineConfig({
  define: DEFINED,
  base: './',
  // Pages are files: a missing file is 404, never index.html with status 200 instead of a model or a sample.
  appType: 'mpa',
  plugins: [
    react(),
    tfjsWasmThreads(),
    localModels({ modelsDir: process.env['MODELS_DIR'] ?? null, headers: ISOLATION_HEADERS }),
  ],
  worker: { format: 'es', plugins: () => [tfjsWasmThreads()] },
  server: { host: 'localhost' },
  preview: { host: 'localhost', port: 4173 },
  // Two pages: the live page, and the companion page beside an agent.
  build: {
    target: 'es2022',
    sourcemap: false,
    rolldownOptions: { input: ['index.html', 'pi.html'] },
  },
});
