/** Makes the description of an import, which is stored beside its files so that the model is listed like any other. */
import type { CatalogueEntry } from '../catalogue/catalogue.ts';
import type { ModelDescription, SelfCheck } from '../catalogue/model-description.ts';
import type { FileChecksum } from '../domain/measuring/configuration.ts';
import type { WeightStorage } from '../domain/import-report.ts';
import type { ImportedModel } from './import-model.ts';

export interface ImportCircumstances {
  /** Folder and id. */
  readonly folder: string;
  /** For people. */
  readonly name: string;
  /** The checksums of `imported.files`. */
  readonly files: readonly FileChecksum[];
  readonly weights: WeightStorage;
  readonly selfCheck: SelfCheck | null;
  readonly installedAt: Date;
  /** null for local files. */
  readonly downloadedFrom: string | null;
  /** What the catalogue says about this model; null for the user's own models. */
  readonly known: CatalogueEntry | null;
}

/** Published facts come from the catalogue, how to run the files from the import. */
export function describeImport(
  { runtime, facts, report }: ImportedModel,
  circumstances: ImportCircumstances,
): ModelDescription {
  const { folder, name, files, weights, selfCheck, installedAt, downloadedFrom, known } = circumstances;
  const graph = files.find(({ path }) => path === 'model.json' || path.endsWith('.tflite'))?.path;
  const stockGraph = files.find(({ path }) => path === 'published/model.json')?.path ?? null;
  const { inputName, logitsName, inputSizes } = facts;
  return {
    version: 1,
    entry: {
      ...(known ?? OWN_MODEL),
      ...(known === null && foundIn(facts)),
      id: folder,
      folder,
      name,
      runtime,
      classes: facts.classes,
      outputStride: facts.outputStride,
      padding: facts.padding,
      precision: runtime === 'litert' ? facts.precision : weights,
      inputSizes: [...inputSizes],
      graph: graph ?? 'model.json',
      stockGraph,
      edgeTpuTwin: null,
      files: files.map((file) => ({ ...file })),
    },
    report: {
      ...report,
      found: [
        ...report.found.map((line) => ({ ...line })),
        { label: 'Input and logits', value: `${inputName}, ${logitsName}` },
      ],
      folded: report.folded.map((line) => ({ ...line })),
      sourceFiles: report.sourceFiles.map((file) => ({ ...file })),
    },
    selfCheck,
    installedAt: installedAt.toISOString(),
    weights,
    downloadedFrom,
  };
}

/** The entry of a network that is not in the catalogue. */
function foundIn({ architecture, backbone, depthMultiplier, classList }: ImportedModel['facts']) {
  return { architecture, backbone, depthMultiplier, classList };
}

/** Facts that are unknown for the user's own files. */
const OWN_MODEL = {
  classList: null,
  architecture: null,
  backbone: null,
  depthMultiplier: null,
  trainingSplit: 'unknown',
  licence: 'unknown',
  source: 'your own file',
  published: null,
  multiplyAdds: null,
  download: null,
  howToGet: 'Import its file again.',
} as const;

/** A folder name that says where the model came from: "own-deeplabv3-257-mv-gpu", numbered if taken. */
export function ownFolder(name: string, taken: ReadonlySet<string>): string {
  const slug = name
    .normalize('NFKD')
    .replace(/[^A-Za-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .toLowerCase()
    .slice(0, 60);
  const base = `own-${slug === '' ? 'model' : slug}`;
  for (let number = 1; ; number++) {
    const folder = number === 1 ? base : `${base}-${number}`;
    if (!taken.has(folder)) return folder;
  }
}
