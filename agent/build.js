// Bundles the agent's TypeScript into dist/, or into the folder that is named: Node 20 cannot run it as it is. Packages stay outside, in node_modules.
import { build } from 'esbuild';
import { fileURLToPath } from 'node:url';

await build({
  absWorkingDir: fileURLToPath(new URL('.', import.meta.url)),
  entryPoints: [
    'src/main.ts',
    'src/engine/child.ts',
    'src/engine/wasm-thread.ts',
    'src/bench.ts',
    'src/soak.ts',
    'src/compare-calibration.ts',
    'src/compare-reference.ts',
  ],
  entryNames: '[name]',
  outdir: process.argv[2] ?? 'dist',
  bundle: true,
  packages: 'external',
  platform: 'node',
  target: 'node20',
  format: 'esm',
  logLevel: 'warning',
});
