/** Serves the models under public/models and MODELS_DIR in dev, preview and the static build. */
import type { EventEmitter } from 'node:events';
import { existsSync, statSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { join, resolve } from 'node:path';
import type { Plugin } from 'vite';
import { createFileHasher, indexModelFolders, type FileHasher } from './model-folders.ts';
import { respondBelowModels, rootsInOrder, type ModelRoots } from './models-responder.ts';

export interface LocalModelsOptions {
  /** A folder of model folders outside the checkout (MODELS_DIR); relative to the working directory. */
  readonly modelsDir: string | null;
  /** Sent with every answer. */
  readonly headers: Readonly<Record<string, string>>;
}

/** @throws Error with one sentence if `modelsDir` is not a folder: users who set it expect its models. */
export function modelRoots(publicDir: string, modelsDir: string | null): ModelRoots {
  const placed = modelsDir === null || modelsDir === '' ? null : resolve(modelsDir);
  if (placed !== null && statSync(placed, { throwIfNoEntry: false })?.isDirectory() !== true) {
    throw new Error(`MODELS_DIR names ${placed}, which is not a folder.`);
  }
  return { shipped: join(publicDir, 'models'), placed };
}

export function localModels({ modelsDir, headers }: LocalModelsOptions): Plugin {
  const hash = createFileHasher();
  let publicDir = '';
  let outDir = '';

  const responder = () => {
    const roots = modelRoots(publicDir, modelsDir);
    warmUp(roots, hash);
    return respondBelowModels(roots, hash);
  };

  return {
    name: 'segscope:local-models',
    configResolved(config) {
      publicDir = config.publicDir;
      outDir = resolve(config.root, config.build.outDir);
    },
    configureServer(server) {
      sendWithEveryAnswer(server.httpServer, headers);
      server.middlewares.use(responder());
    },
    configurePreviewServer(server) {
      sendWithEveryAnswer(server.httpServer, headers);
      // Vite checks this itself, but only if no plugin answers first.
      if (!existsSync(outDir)) throw new Error(`There is no ${outDir} to serve: run "npm run build" first.`);
      server.middlewares.use(responder());
    },
    /** Static hosts cannot list folders, so the build lists what it copies from public/. MODELS_DIR is left out. */
    async generateBundle() {
      const { shipped } = modelRoots(publicDir, null);
      const index = await indexModelFolders([shipped], hash);
      this.emitFile({
        type: 'asset',
        fileName: 'models/index.json',
        source: `${JSON.stringify(index, null, 2)}\n`,
      });
    },
  };
}

/**
 * Vite's own option leaves them out of 304, 403 and 404: a reload of WebKit's then refuses the script of a worker. Set
 * before any middleware runs, because Vite checks the host before plugins are asked.
 * @param server null in Vite's middleware mode, which Segscope does not use
 */
function sendWithEveryAnswer(server: EventEmitter | null, headers: LocalModelsOptions['headers']): void {
  server?.prependListener('request', (_request: IncomingMessage, response: ServerResponse) => {
    for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
  });
}

/** Hashes everything before the first request; an error here comes back as the answer to that request. */
function warmUp(roots: ModelRoots, hash: FileHasher): void {
  void indexModelFolders(rootsInOrder(roots), hash).catch(() => undefined);
}
