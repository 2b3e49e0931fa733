/** Builds a folder with the contract tests' page: the product's own client, bundled, and a sample. */
import { copyFile, mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** @returns the folder; the caller deletes it */
export async function buildContractPages(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'segscope-contract-'));
  await build({
    configFile: false,
    logLevel: 'error',
    root: join(root, 'e2e/contract'),
    publicDir: false,
    build: {
      outDir: folder,
      lib: { entry: join(root, 'e2e/contract/harness.ts'), formats: ['es'], fileName: () => 'harness.js' },
    },
  });
  const page = '<!doctype html><script type="module" src="harness.js"></script>';
  await writeFile(join(folder, 'index.html'), page);
  await copyFile(join(root, 'public/samples/chelsea.jpg'), join(folder, 'chelsea.jpg'));
  return folder;
}
