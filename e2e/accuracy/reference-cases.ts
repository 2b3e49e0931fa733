/** The reference data in ../shared: pictures, true masks, and TensorFlow's own label maps for them. */
import { existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join, resolve } from 'node:path';
import { decode } from 'fast-png';
import type { LabelMap } from '../../src/domain/labels/label-map.ts';

const SHARED = '../shared';
const PICTURES = join(SHARED, 'cases/voc_val_small');
const REFERENCE = join(SHARED, 'cases/reference');

/** Folder of the real zoo models for development; never committed, never shipped. */
export const SHARED_MODELS = join(SHARED, 'models/tfjs');
/** .tflite files, several per folder. */
const SHARED_TFLITE = [join(SHARED, 'models/coral'), join(SHARED, 'models/tflite_float')];

export const SHARED_IS_ABSENT =
  !existsSync(PICTURES) || [SHARED_MODELS, ...SHARED_TFLITE].some((folder) => !existsSync(folder));
export const WHY_SKIPPED = '../shared (reference pictures, label maps and zoo models) is not on this machine';

/** A folder to use as MODELS_DIR. It links every model of ../shared under the model's name. */
export function linkSharedModels(): string {
  const folder = mkdtempSync(join(tmpdir(), 'segscope-models-'));
  for (const name of readdirSync(SHARED_MODELS))
    symlinkSync(resolve(SHARED_MODELS, name), join(folder, name));
  for (const source of SHARED_TFLITE) {
    for (const file of readdirSync(source)) {
      const own = join(folder, basename(file, '.tflite'));
      mkdirSync(own);
      symlinkSync(resolve(source, file), join(own, file));
    }
  }
  return folder;
}

/** Names of the 41 pictures, without extension. */
export function pictureNames(): readonly string[] {
  return readFileSync(join(PICTURES, 'val.txt'), 'utf8')
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
}

export function pictureBytes(name: string): Buffer {
  return readFileSync(join(PICTURES, 'JPEGImages', `${name}.jpg`));
}

/** The true mask: class indices, 255 = void border. */
export function truth(name: string): LabelMap {
  return decodeIndices(join(PICTURES, 'SegmentationClass', `${name}.png`));
}

/** TensorFlow 2.21's label map for this picture. */
export function referenceLabels(modelId: string, name: string): LabelMap {
  return decodeIndices(join(REFERENCE, modelId, `${name}.png`));
}

/** Mean IoU that TensorFlow's label maps reach on the 41 pictures. */
export function referenceMeanIoU(modelId: string): number {
  const figures = JSON.parse(readFileSync(join(REFERENCE, 'figures.json'), 'utf8')) as {
    models: Record<string, { meanIoU: number }>;
  };
  return figures.models[modelId]?.meanIoU ?? NaN;
}

/** Palette and grey PNGs store the indices directly, so colours are not decoded. */
function decodeIndices(path: string): LabelMap {
  const { width, height, channels, depth, data } = decode(readFileSync(path));
  if (channels !== 1 || depth !== 8) throw new Error(`${path} holds no 8-bit class indices.`);
  return { width, height, labels: Uint8Array.from(data) };
}
