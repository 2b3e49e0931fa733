import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { defineConfig } from '@playwright/test';
import { launchOptions } from './e2e/launch-options.ts';

/** Another port lets two checkouts test side by side. */
const PORT = Number(process.env['E2E_PORT'] ?? 4183);
const address = `http://localhost:${PORT}`;

/** Real zoo models for development; specs that need them are skipped without them and say why. */
const referenceModels = fileURLToPath(new URL('../shared/models/tfjs', import.meta.url));

/** End-to-end tests on the dist folder of `vite build`. One worker, because frames are timed and two pages would share the cores. */
export default defineConfig({
  testDir: 'e2e',
  testMatch: '**/*.spec.ts',
  outputDir: 'test-results/e2e',
  reporter: [['list'], ['json', { outputFile: 'test-results/playwright.json' }]],
  workers: 1,
  // Cameras, codecs and workers share the cores with other programs. A test that passes only at the second try is reported as "flaky".
  retries: process.env['CI'] === undefined ? 0 : 1,
  forbidOnly: process.env['CI'] !== undefined,
  timeout: 90_000,
  // Software rendering on two cores: a first overlay can take seconds.
  expect: { timeout: 15_000 },
  use: { baseURL: address, trace: 'off', launchOptions: launchOptions() },
  projects: [{ name: 'chromium', use: { browserName: 'chromium' } }],
  webServer: {
    command: `npx vite preview --port ${PORT} --strictPort`,
    url: address,
    reuseExistingServer: false,
    env: existsSync(referenceModels) ? { MODELS_DIR: process.env['MODELS_DIR'] ?? referenceModels } : {},
  },
});
