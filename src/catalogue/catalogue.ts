/** The schema of models/catalogue.json, the list of models that Segscope knows. */
import { z } from 'zod';
import { CLASS_LIST_IDS } from '../domain/labels/class-list.ts';
import { ProblemError } from '../domain/problems/problem.ts';
import { describeIssue, filePath, folderName, sha256 } from './fields.ts';

const file = z.strictObject({ path: filePath, bytes: z.int().positive(), sha256 });

const padding = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('outside') }),
  z.strictObject({ kind: z.literal('inside'), size: z.int().positive() }),
]);

/** What a publisher measured, with the conditions that a fair comparison needs. */
const published = z.strictObject({
  /** 0..1 */
  meanIoU: z.number().min(0).max(1),
  split: z.enum(['val', 'test']),
  protocol: z.string().min(1),
  /** At which the publisher measured; the exported graph may have another. Absent where not published. */
  outputStride: z.int().positive().optional(),
  /** True where each picture was segmented several times, scaled and mirrored. Absent where not published. */
  manyScalesAndFlips: z.boolean().optional(),
  source: z.string().min(1),
});

/** Where the publisher hosts it, with size and checksum; null if the publisher does not give them. */
const download = z.strictObject({
  url: z.url({ protocol: /^https?$/ }),
  archiveFormat: z.enum(['tar.gz', 'pb', 'tflite', 'tfjs']),
  bytes: z.int().positive().nullable(),
  sha256: sha256.nullable(),
  /** The same file elsewhere, tried in order. */
  mirrors: z.array(z.url({ protocol: /^https?$/ })),
});

const multiplyAdds = z.strictObject({ count: z.int().positive(), conditions: z.string().min(1) });

/** One model, in catalogue.json and in the description of an imported model. */
export const catalogueEntry = z
  .strictObject({
    id: folderName,
    name: z.string().min(1),
    /** Below models/; several entries may share one. */
    folder: folderName,
    runtime: z.enum(['tfjs', 'litert']),
    /** The list that names and colours its classes; null for an unknown list. */
    classList: z.enum(CLASS_LIST_IDS).nullable(),
    /** How many class scores it gives per cell. */
    classes: z.int().min(2).max(255),
    architecture: z.string().min(1).nullable(),
    backbone: z.string().min(1).nullable(),
    /** Width of the backbone relative to its paper; null if it has no such parameter. */
    depthMultiplier: z.number().positive().nullable(),
    /** Of the encoder, as the graph was exported (a decoder brings Xception's logits to 4). */
    outputStride: z.int().positive().nullable(),
    /** Sides of the square the network sees, px, the default first. */
    inputSizes: z.array(z.int().positive()).min(1),
    padding,
    /**
     * 'trainval' has seen the pictures of VOC val; 'train': of Cityscapes or ADE20K; 'own': read the model card;
     * 'unknown': not published, or a folder without a description.
     */
    trainingSplit: z.enum(['trainaug', 'trainval', 'train', 'own', 'unknown']),
    precision: z.string().min(1),
    licence: z.string().min(1),
    source: z.string().min(1),
    published: published.nullable(),
    multiplyAdds: multiplyAdds.nullable(),
    /** The model.json, or the .tflite for 'litert', of our pipeline; below the folder. */
    graph: filePath,
    /** The model.json for deeplab's segment(), which feeds any size; null if there is none. */
    stockGraph: filePath.nullable(),
    /** The same network compiled for the Edge TPU, below the folder; the publisher hosts it beside the graph. */
    edgeTpuTwin: filePath.nullable(),
    /** Empty if the publisher gives no checksums for these files. */
    files: z.array(file),
    download: download.nullable(),
    /** One sentence for users who do not have the files. */
    howToGet: z.string().min(1),
  })
  .superRefine((model, context) => {
    const complain = (field: string, message: string) =>
      context.addIssue({ code: 'custom', path: [field], message });
    const { padding: pad, inputSizes } = model;
    if (pad.kind === 'outside' && inputSizes.some((size) => size % 16 !== 1)) {
      complain('inputSizes', 'a graph that is padded outside needs 16k+1, for example 257 or 513');
    }
    if (pad.kind === 'inside' && inputSizes.some((size) => size !== pad.size)) {
      complain('inputSizes', `a graph that pads inside runs only at its own size, ${pad.size}`);
    }
    if ((model.runtime === 'litert') !== model.graph.endsWith('.tflite')) {
      complain('graph', 'LiteRT runs a .tflite, TensorFlow.js a model.json');
    }
    const listed = new Set(model.files.map(({ path }) => path));
    if (listed.size === 0) return;
    if (listed.size < model.files.length) complain('files', 'a path is listed twice');
    if (!listed.has(model.graph)) complain('files', `${model.graph} (the graph) is not among them`);
    if (model.stockGraph !== null && !listed.has(model.stockGraph)) {
      complain('files', `${model.stockGraph} (the stock graph) is not among them`);
    }
  });

const catalogue = z
  .strictObject({ version: z.literal(1), models: z.array(catalogueEntry).min(1) })
  .superRefine(({ models }, context) =>
    models.forEach(({ id }, at) => {
      if (models.findIndex((model) => model.id === id) === at) return;
      context.addIssue({ code: 'custom', path: ['models', at, 'id'], message: `"${id}" is listed twice` });
    }),
  );

export type CatalogueEntry = Readonly<z.infer<typeof catalogueEntry>>;
/** How a graph wants its picture: padded by us to 16k+1, or unpadded because the graph pads to `size` itself. */
export type GraphPadding = CatalogueEntry['padding'];
export type ModelDownload = NonNullable<CatalogueEntry['download']>;
export type Catalogue = Readonly<z.infer<typeof catalogue>>;

/**
 * Checks the parsed JSON of models/catalogue.json.
 * @throws ProblemError catalogue-invalid, whose detail names the first wrong field
 */
export function parseCatalogue(json: unknown): Catalogue {
  const parsed = catalogue.safeParse(json);
  if (parsed.success) return parsed.data;
  throw new ProblemError(
    { kind: 'catalogue-invalid', detail: describeIssue(parsed.error) },
    { cause: parsed.error },
  );
}
