/** Lists the model folders that exist: models/index.json, written by the server or by the build. */
import { z } from 'zod';
import { ProblemError } from '../domain/problems/problem.ts';
import { catalogueEntry } from './catalogue.ts';
import { describeIssue, filePath, folderName, sha256 } from './fields.ts';

const localFile = z.strictObject({ path: filePath, bytes: z.int().nonnegative(), sha256 });
const localFolder = z.strictObject({
  folder: folderName,
  files: z.array(localFile),
  /** What its segscope-model.json says; null without one. */
  described: catalogueEntry.nullable().default(null),
});
const localIndex = z.strictObject({ version: z.literal(1), folders: z.array(localFolder) });

export type LocalFile = Readonly<z.infer<typeof localFile>>;
export type LocalFolder = Readonly<z.infer<typeof localFolder>>;
export type LocalIndex = Readonly<z.infer<typeof localIndex>>;

/**
 * Checks the parsed JSON of models/index.json.
 * @throws ProblemError model-index-invalid, whose detail names the first wrong field
 */
export function parseLocalIndex(json: unknown): LocalIndex {
  const parsed = localIndex.safeParse(json);
  if (parsed.success) return parsed.data;
  throw new ProblemError(
    { kind: 'model-index-invalid', detail: describeIssue(parsed.error) },
    { cause: parsed.error },
  );
}

/** The files of a folder; empty if there is no such folder. */
export function filesOf(index: LocalIndex, folder: string): readonly LocalFile[] {
  return index.folders.find((local) => local.folder === folder)?.files ?? [];
}
