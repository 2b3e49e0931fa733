/** Published facts about the models of the catalogue, with the conditions that a fair comparison needs. */
import type { ClassListId } from '../labels/class-list.ts';
import models from './known-models.json' with { type: 'json' };

export interface KnownModel {
  readonly id: string;
  readonly classList: ClassListId;
  readonly backbone: string;
  /** Width of the backbone relative to its paper; null if it has no such parameter. */
  readonly depthMultiplier: number | null;
  /** 'trainval' was trained on the pictures of VOC val; 'train': of Cityscapes or ADE20K; 'unknown': not published. */
  readonly trainingSplit: 'trainaug' | 'trainval' | 'train' | 'own' | 'unknown';
  /** Of the encoder, as the published graph was exported; null if not published. */
  readonly outputStride: number | null;
  /** null if nothing is published for exactly these files. */
  readonly published: PublishedAccuracy | null;
  /** null if not published. */
  readonly multiplyAdds: { readonly count: number; readonly conditions: string } | null;
}

export interface PublishedAccuracy {
  /** 0..1 */
  readonly meanIoU: number;
  /** Of the data set of the model's classes. */
  readonly split: 'val' | 'test';
  readonly protocol: string;
  /** The publisher's own for the measurement; the exported graph may have another. Absent if not published. */
  readonly outputStride?: number;
  /** True if each picture was segmented several times, scaled and mirrored. */
  readonly manyScalesAndFlips?: boolean;
  readonly source: string;
}

/** From public/models/catalogue.json, which some threads do not read: `npm run known-models` writes it. */
export const KNOWN_MODELS = models as readonly KnownModel[];

/** By catalogue id; null for any other model. */
export function knownModel(modelId: string): KnownModel | null {
  return KNOWN_MODELS.find(({ id }) => id === modelId) ?? null;
}
