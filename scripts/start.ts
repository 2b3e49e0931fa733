/** npm start: builds the page and serves it at http://localhost:4173. */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { modelRoots } from '../config/vite/local-models.ts';
import { createFileHasher, indexModelFolders } from '../config/vite/model-folders.ts';
import { rootsInOrder } from '../config/vite/models-responder.ts';
import { parseCatalogue } from '../src/catalogue/catalogue.ts';
import { resolveModels } from '../src/catalogue/resolve-models.ts';
import { nodeVersionProblem } from './node-version.ts';
import { chosenPort, portProblem } from './port.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const modelsDir = process.env['MODELS_DIR'] ?? null;

async function start(): Promise<void> {
  // Vite does not load on a Node that is too old, so it is imported after this check.
  const tooOld = nodeVersionProblem(process.versions.node);
  if (tooOld !== null) throw new Error(tooOld);
  const port = chosenPort(process.argv.slice(2), process.env['PORT']);
  const busy = await portProblem(port);
  if (busy !== null) throw new Error(busy);
  const models = await readyModels();

  const { build, preview } = await import('vite');
  console.log('Building the page ...');
  await build({ root, logLevel: 'warn' });
  const server = await preview({ root, preview: { port, strictPort: true, open: false } });
  const address = server.resolvedUrls?.local[0] ?? `http://localhost:${port}/`;
  console.log(`Segscope is at ${address.replace(/\/$/, '')}`);
  console.log(models.length === 0 ? 'No models were found.' : ['Models found:', ...models].join('\n  '));
  console.log('Stop it with Ctrl+C.');
}

/** Names of the models whose files are on this machine. */
async function readyModels(): Promise<readonly string[]> {
  const roots = modelRoots(`${root}public`, modelsDir);
  const index = await indexModelFolders(rootsInOrder(roots), createFileHasher());
  const json: unknown = JSON.parse(readFileSync(`${roots.shipped}/catalogue.json`, 'utf8'));
  const models = resolveModels(parseCatalogue(json), index);
  return models.filter(({ present }) => present).map(({ entry }) => entry.name);
}

start().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
