/** Folders of models, unfinished downloads and samples on this machine. */
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { FOLDER_NAME } from '../../src/catalogue/fields.ts';
import { ModelsError } from './models-problem.ts';

export interface Folders {
  /** public/models of this checkout, with catalogue.json and the embedded model. */
  readonly shipped: string;
  /** Where models are installed: MODELS_DIR, or `shipped`. */
  readonly models: string;
  /** Unfinished downloads, and the checksums of finished ones. */
  readonly downloads: string;
  readonly samples: string;
}

export function standardFolders(modelsDir: string | undefined): Folders {
  const root = fileURLToPath(new URL('../..', import.meta.url));
  const shipped = resolve(root, 'public/models');
  return {
    shipped,
    models: modelsDir === undefined || modelsDir === '' ? shipped : resolve(modelsDir),
    downloads: resolve(root, '.segscope/downloads'),
    samples: resolve(root, 'public/samples'),
  };
}

/** @throws ModelsError id-invalid for anything that is not one plain path segment */
export function requireId(id: string): string {
  if (!FOLDER_NAME.test(id)) throw new ModelsError({ kind: 'id-invalid', id });
  return id;
}
