/** The catalogue of this checkout, and what of it is installed. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createFileHasher, indexModelFolders } from '../../config/vite/model-folders.ts';
import { parseCatalogue, type Catalogue, type CatalogueEntry } from '../../src/catalogue/catalogue.ts';
import { resolveModels, type ResolvedModel } from '../../src/catalogue/resolve-models.ts';
import type { Folders } from './folders.ts';
import { ModelsError } from './models-problem.ts';

/** @throws ProblemError catalogue-invalid */
export async function readCatalogue({ shipped }: Folders): Promise<Catalogue> {
  return parseCatalogue(JSON.parse(await readFile(join(shipped, 'catalogue.json'), 'utf8')));
}

/** The catalogue's models, then those found in folders, as the page lists them. */
export async function listModels(folders: Folders): Promise<readonly ResolvedModel[]> {
  const roots = [...new Set([folders.models, folders.shipped])];
  const index = await indexModelFolders(roots, createFileHasher());
  return resolveModels(await readCatalogue(folders), index);
}

/** @throws ModelsError id-unknown, with the ids that are nearest to it */
export function findEntry({ models }: Catalogue, id: string): CatalogueEntry {
  const found = models.find((entry) => entry.id === id);
  if (found !== undefined) return found;
  const ids = models.map((entry) => entry.id);
  const nearest = ids.filter((other) => other.includes(id) || editDistance(other, id) <= 3).slice(0, 3);
  throw new ModelsError({ kind: 'id-unknown', id, nearest });
}

/** Levenshtein: insertions, deletions and replacements from one to the other. */
function editDistance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, at) => at);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const replaced = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(replaced, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row[b.length] ?? 0;
}
