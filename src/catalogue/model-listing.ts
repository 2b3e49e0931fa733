/** What the page and the command line say about a model before it is loaded. */
import type { Pipeline } from '../domain/measuring/configuration.ts';
import type { CatalogueEntry } from './catalogue.ts';
import type { ResolvedModel } from './resolve-models.ts';

/** A model of the catalogue as the page lists it. */
export interface ListedModel {
  readonly id: string;
  readonly name: string;
  /** One line: backbone, output stride, training split, size. */
  readonly summary: string;
  readonly inputSizes: readonly number[];
  /** Pipelines it can run. */
  readonly pipelines: readonly Pipeline[];
  readonly availability:
    | { readonly kind: 'ready' }
    /** Listed, but not on this machine: what to do about it. */
    | { readonly kind: 'absent'; readonly howToGet: string };
  readonly licence: string;
  readonly source: string;
  /** Published accuracy with its conditions, or null. */
  readonly published: string | null;
}

const SPLITS: Record<CatalogueEntry['trainingSplit'], string | null> = {
  trainaug: 'trained on VOC train_aug',
  trainval: 'trained on VOC train_aug + trainval (has seen VOC val)',
  train: null,
  own: 'trained for this project (see its MODEL_CARD.md)',
  unknown: null,
};

const DATA_SETS = { voc: 'VOC', cityscapes: 'Cityscapes', ade20k: 'ADE20K' } as const;

function dataSetOf({ classList }: CatalogueEntry): string {
  return classList === null ? 'its own' : DATA_SETS[classList];
}

export function toListing({ entry, present, bytes }: ResolvedModel): ListedModel {
  return {
    id: entry.id,
    name: entry.name,
    summary: summaryOf(entry, bytes),
    inputSizes: entry.inputSizes,
    pipelines: entry.stockGraph === null ? ['ours'] : ['ours', 'stock'],
    availability: present ? { kind: 'ready' } : { kind: 'absent', howToGet: entry.howToGet },
    licence: entry.licence,
    source: entry.source,
    published: publishedLine(entry),
  };
}

/** "DeepLab v3, MobileNetV2 0.5, output stride 8, trained on VOC train_aug, float32, 3.1 MB"; what is unknown is left out. */
function summaryOf(entry: CatalogueEntry, bytes: number | null): string {
  const { architecture, backbone, depthMultiplier, outputStride, trainingSplit, precision } = entry;
  const width = depthMultiplier === null ? '' : ` ${depthMultiplier.toFixed(2).replace(/0$/, '')}`;
  const facts = [
    architecture,
    backbone === null ? null : `${backbone}${width}`,
    outputStride === null ? null : `output stride ${outputStride}`,
    trainingSplit === 'train' ? `trained on ${dataSetOf(entry)} train` : SPLITS[trainingSplit],
    precision === 'unknown' ? null : precision,
    bytes === null ? null : `${(bytes / 1e6).toFixed(1)} MB`,
  ];
  return facts.filter((fact) => fact !== null).join(', ');
}

function publishedLine(entry: CatalogueEntry): string | null {
  const { published } = entry;
  if (published === null) return null;
  const percent = (published.meanIoU * 100).toFixed(2).replace(/0$/, '');
  return `mean IoU ${percent} % on ${dataSetOf(entry)} ${published.split} (${published.protocol}); ${published.source}`;
}
