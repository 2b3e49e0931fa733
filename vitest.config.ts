import react from '@vitejs/plugin-react';
import { playwright } from '@vitest/browser-playwright';
import { defineConfig } from 'vitest/config';
import { tfjsWasmThreads } from './config/vite/tfjs-wasm-threads.ts';
import { CHROMIUM_FLAGS, findChromium } from './scripts/find-chromium.ts';
import { DEFINED, ISOLATION_HEADERS } from './vite.config.ts';

const executablePath = findChromium();

/** On busy cores, waiting for another process or an idle page takes longer than the default of one second. */
const PATIENT = { poll: { timeout: 20_000 } };

/** unit: pure rules in Node (*.test.ts); agent: the Pi's process, with its native library; browser: worker, canvas, capture and components in real Chromium (*.browser.test.ts[x]). */
export default defineConfig({
  test: {
    projects: [
      {
        // A copy for each project, because vitest removes keys from the object that it gets.
        define: { ...DEFINED },
        test: {
          name: 'unit',
          testTimeout: 30_000,
          include: ['src/**/*.test.ts', 'config/**/*.test.ts', 'scripts/**/*.test.ts', 'e2e/**/*.test.ts'],
          exclude: ['**/*.browser.test.*'],
          expect: PATIENT,
        },
      },
      {
        test: {
          name: 'agent',
          include: ['agent/src/**/*.test.ts'],
          globalSetup: './scripts/agent-packages.ts',
          testTimeout: 60_000,
          expect: PATIENT,
          // Two native networks at once on two cores would only slow each other down.
          fileParallelism: false,
        },
      },
      {
        define: { ...DEFINED },
        plugins: [react(), tfjsWasmThreads()],
        worker: { format: 'es', plugins: () => [tfjsWasmThreads()] },
        server: { headers: ISOLATION_HEADERS },
        // Only workers and dynamic imports use these. Vite would find them late and reload the page during a test.
        optimizeDeps: {
          include: [
            '@litertjs/core',
            '@noble/hashes/sha2.js',
            '@noble/hashes/utils.js',
            '@tensorflow-models/deeplab',
            '@tensorflow/tfjs-backend-cpu',
            '@tensorflow/tfjs-backend-wasm',
            '@tensorflow/tfjs-backend-webgl',
            '@tensorflow/tfjs-backend-webgpu',
            '@tensorflow/tfjs-converter',
            '@tensorflow/tfjs-core',
            'fast-png',
            'fflate',
            'idb',
            'react-dom/client',
            'zod',
          ],
        },
        test: {
          name: 'browser',
          include: ['src/**/*.browser.test.ts', 'src/**/*.browser.test.tsx'],
          testTimeout: 60_000,
          expect: PATIENT,
          // Real codecs and workers on shared cores. The list names tests that pass only at the second try.
          retry: process.env['CI'] === undefined ? 0 : 1,
          fileParallelism: false,
          browser: {
            enabled: true,
            headless: true,
            screenshotFailures: false,
            provider: playwright({
              launchOptions: {
                ...(executablePath === null ? {} : { executablePath }),
                args: [
                  ...CHROMIUM_FLAGS,
                  '--use-fake-ui-for-media-stream',
                  '--use-fake-device-for-media-stream',
                  '--enable-unsafe-swiftshader',
                  // WebGPU in software, so that its code runs on machines without a GPU too.
                  '--enable-unsafe-webgpu',
                  '--use-webgpu-adapter=swiftshader',
                ],
              },
            }),
            instances: [{ browser: 'chromium' }],
          },
        },
      },
    ],
  },
});
