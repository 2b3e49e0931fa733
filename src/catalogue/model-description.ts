/**
 * The schema of segscope-model.json, which an import writes into a model's folder so that it is listed without the
 * catalogue.
 */
import { z } from 'zod';
import { WEIGHT_STORAGES } from '../domain/import-report.ts';
import { ProblemError } from '../domain/problems/problem.ts';
import { catalogueEntry, type CatalogueEntry } from './catalogue.ts';
import { describeIssue, sha256 } from './fields.ts';

/** A folder that has this file was installed by Segscope. */
export const DESCRIPTION_FILE = 'segscope-model.json';

const sourceFile = z.strictObject({ path: z.string(), bytes: z.int().nonnegative(), sha256 });

/** ImportReport of domain/import-report.ts. */
const report = z.strictObject({
  found: z.array(z.strictObject({ label: z.string(), value: z.string() })),
  folded: z.array(z.strictObject({ pass: z.string(), count: z.int().nonnegative() })),
  nodesBefore: z.int().nonnegative(),
  nodesAfter: z.int().nonnegative(),
  weightBytes: z.int().nonnegative(),
  multiplyAdds: z.number().nonnegative().nullable(),
  sourceFiles: z.array(sourceFile),
});

/** Share of pixels, 0..1, with the same label in the published and the converted network, on one picture. */
const selfCheck = z.strictObject({
  picture: z.string(),
  backend: z.string(),
  inputSize: z.int().positive(),
  agreement01: z.number().min(0).max(1),
});

const description = z.strictObject({
  version: z.literal(1),
  entry: catalogueEntry,
  report,
  /** null if the check was skipped or is done in the page. */
  selfCheck: selfCheck.nullable(),
  /** ISO 8601 */
  installedAt: z.iso.datetime(),
  /** How the converted weights are stored. */
  weights: z.enum(WEIGHT_STORAGES),
  /** Where it was downloaded from; null for local files. */
  downloadedFrom: z.string().nullable(),
});

export type ModelDescription = Readonly<z.infer<typeof description>>;
export type SelfCheck = Readonly<z.infer<typeof selfCheck>>;

/**
 * Checks the parsed JSON of a segscope-model.json.
 * @throws ProblemError catalogue-invalid, whose detail names the file and its first wrong field
 */
export function parseDescription(json: unknown, folder: string): ModelDescription {
  const parsed = description.safeParse(json);
  const detail = parsed.success
    ? parsed.data.entry.folder === folder
      ? null
      : `entry.folder: it is in "${folder}"`
    : describeIssue(parsed.error);
  if (parsed.success && detail === null) return parsed.data;
  throw new ProblemError({
    kind: 'catalogue-invalid',
    detail: `models/${folder}/${DESCRIPTION_FILE}: ${detail ?? 'unreadable'}`,
  });
}

/**
 * A catalogued model as installed: published facts come from the catalogue, how to run its files from the import.
 */
export function asInstalled(known: CatalogueEntry, installed: CatalogueEntry): CatalogueEntry {
  const { runtime, outputStride, inputSizes, padding, precision, graph, stockGraph, edgeTpuTwin, files } =
    installed;
  return {
    ...known,
    runtime,
    outputStride,
    inputSizes,
    padding,
    precision,
    graph,
    stockGraph,
    edgeTpuTwin,
    files,
  };
}
