/** A data set and a segmenter for tests: small generated pictures, and predictions that depend on their sizes. */
import type { SegmenterDescription } from '../../../domain/measuring/configuration.ts';
import { VOC_CLASSES } from '../../../domain/labels/class-list.ts';
import { browserSetup } from '../../../domain/setup.ts';
import { palettePng } from '../../../evaluation/testing/files.ts';
import type { Segmenter } from '../../../segmentation/segmenter.ts';

export const WIDTH = 8;
export const HEIGHT = 6;
const PERSON = 15;

export const CHOICE = browserSetup('mobilenetv2_coco_voc_trainval', 513, 'wasm', { preprocessing: 'native' });

export const DESCRIPTION: SegmenterDescription = {
  modelId: CHOICE.modelId,
  modelName: 'A model',
  files: [],
  runtime: 'none',
  backend: 'wasm',
  device: 'test',
  softwareRendered: false,
  simd: null,
  threads: null,
  float16Textures: null,
  pipeline: 'ours',
  preprocessing: 'native',
  inputSize: 513,
  outputStride: 16,
  precision: 'float32',
  classList: 'voc',
  classNames: VOC_CLASSES.names,
};

/** Left half background, right half person. */
export const HALVES = Array.from({ length: WIDTH * HEIGHT }, (_, i) => (i % WIDTH < WIDTH / 2 ? 0 : PERSON));

export async function pictureFile(path: string, width = WIDTH, height = HEIGHT): Promise<File> {
  const canvas = new OffscreenCanvas(width, height);
  canvas.getContext('2d')?.fillRect(0, 0, width, height);
  return fileAt(path, await canvas.convertToBlob({ type: 'image/png' }));
}

export function maskFile(path: string, indices: readonly number[] = HALVES): File {
  return fileAt(path, new Blob([palettePng(WIDTH, HEIGHT, indices)]));
}

export function fileAt(path: string, content: Blob): File {
  const file = new File([content], path.slice(path.lastIndexOf('/') + 1));
  Object.defineProperty(file, 'webkitRelativePath', { value: path });
  return file;
}

/** `count` pictures named p00, p01, ... with HALVES as ground truth, and a list "val" of all of them. */
export async function vocFiles(count: number): Promise<File[]> {
  const names = Array.from({ length: count }, (_, i) => `p${String(i).padStart(2, '0')}`);
  const pictures = await Promise.all(names.map((name) => pictureFile(`voc/JPEGImages/${name}.png`)));
  return [
    ...pictures,
    ...names.map((name) => maskFile(`voc/SegmentationClass/${name}.png`)),
    fileAt('voc/ImageSets/Segmentation/val.txt', new Blob([names.join('\n')])),
  ];
}

export interface TestSegmenter extends Segmenter {
  /** The pictures that it received. */
  readonly segmented: () => number;
}

/**
 * Predicts background everywhere, or the ground truth.
 * @param before awaited before every answer; may throw
 */
export function testSegmenter(
  predicts: 'background' | 'truth',
  before: (picture: number) => Promise<void> = () => Promise.resolve(),
): TestSegmenter {
  let pictures = 0;
  const nothing = { tensors: 0, bytes: 0 };
  return {
    description: DESCRIPTION,
    cold: { startMs: 0, downloadMs: 0, parseMs: 0, firstInferenceMs: 0, contended: false },
    loadedMemory: nothing,
    async segment(frame) {
      const { width, height } = frame;
      frame.pixels.close();
      pictures++;
      await before(pictures);
      const labels = predicts === 'truth' ? Uint8Array.from(HALVES) : new Uint8Array(width * height);
      const stages = { encode: 0, transport: 0, preprocess: 0, inference: 1, postprocess: 0 };
      return { labelMap: { width, height, labels }, frame, stages, memory: nothing };
    },
    measureBare: () => Promise.resolve(null),
    onDeath: () => undefined,
    close: () => Promise.resolve(nothing),
    segmented: () => pictures,
  };
}
