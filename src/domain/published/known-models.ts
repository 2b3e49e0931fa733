/** What is published about the models that Segscope knows by name: the conditions without which nothing compares. */

export interface KnownModel {
  readonly id: string;
  readonly classList: 'voc' | 'cityscapes' | 'ade20k';
  readonly backbone: 'MobileNetV2' | 'MobileNet EdgeTPU' | 'Xception65';
  /** Width of the backbone relative to its paper; null where it has no such parameter. */
  readonly depthMultiplier: number | null;
  /** 'trainval' has seen the pictures of VOC val; 'train': of Cityscapes or ADE20K; 'unknown': not published. */
  readonly trainingSplit: 'trainaug' | 'trainval' | 'train' | 'own' | 'unknown';
  /** Of the encoder, as the published graph was exported; null where that is not published. */
  readonly outputStride: number | null;
  /** null where nobody published it for these very files. */
  readonly published: PublishedAccuracy | null;
  /** null where nobody published it. */
  readonly multiplyAdds: { readonly count: number; readonly conditions: string } | null;
}

export interface PublishedAccuracy {
  /** 0..1 */
  readonly meanIoU: number;
  /** Of the data set of the model's classes. */
  readonly split: 'val' | 'test';
  readonly protocol: string;
  readonly source: string;
}

const ZOO =
  'TensorFlow DeepLab model zoo (github.com/tensorflow/models, research/deeplab/g3doc/model_zoo.md)';
const QUANTISED =
  'TensorFlow DeepLab, quantised models (github.com/tensorflow/models, research/deeplab/g3doc/quantize.md)';
const OWN_CARD = 'models/segscope-mnv2-257/MODEL_CARD.md';
const ONE_SCALE_16 = 'output stride 16, one scale, no flips';
const ONE_SCALE_8 = 'output stride 8, one scale, no flips';
const MANY_SCALES_8 = 'output stride 8, scales 0.5 to 1.75 in steps of 0.25, with left-right flips';

const own = (id: string, meanIoU: number): KnownModel => ({
  id,
  classList: 'voc',
  backbone: 'MobileNetV2',
  depthMultiplier: 1,
  trainingSplit: 'own',
  outputStride: 16,
  published: {
    meanIoU,
    split: 'val',
    protocol:
      '445 of the 1,449 VOC 2012 val pictures with 18 of the 21 classes, fitted into 257: a subset, not comparable with published VOC figures',
    source: OWN_CARD,
  },
  multiplyAdds: null,
});

const zoo = (
  id: string,
  [backbone, depthMultiplier]: readonly [KnownModel['backbone'], number | null],
  trainingSplit: 'trainaug' | 'trainval',
  [meanIoU, multiplyAdds, conditions]: readonly [number, number, string],
): KnownModel => ({
  id,
  classList: 'voc',
  backbone,
  depthMultiplier,
  trainingSplit,
  outputStride: 8,
  published: {
    meanIoU,
    // The zoo scores trainaug checkpoints on val and trainval ones on the test set.
    split: trainingSplit === 'trainaug' ? 'val' : 'test',
    protocol: conditions,
    source: ZOO,
  },
  multiplyAdds: { count: multiplyAdds, conditions },
});

const quantised = (
  id: string,
  depthMultiplier: number,
  meanIoU: number,
  multiplyAdds: number,
): KnownModel => ({
  id,
  classList: 'voc',
  backbone: 'MobileNetV2',
  depthMultiplier,
  trainingSplit: 'trainaug',
  outputStride: 16,
  published: { meanIoU, split: 'val', protocol: ONE_SCALE_16, source: QUANTISED },
  multiplyAdds: { count: multiplyAdds, conditions: ONE_SCALE_16 },
});

/** Files whose publisher names neither training split nor accuracy. */
const unmeasured = (
  id: string,
  backbone: KnownModel['backbone'],
  depthMultiplier: number,
  outputStride: number,
  classList: KnownModel['classList'] = 'voc',
): KnownModel => ({
  id,
  classList,
  backbone,
  depthMultiplier,
  trainingSplit: 'unknown',
  outputStride,
  published: null,
  multiplyAdds: null,
});

/** The same facts as in models/catalogue.json, for rooms that do not read it; a test holds the two together. */
export const KNOWN_MODELS: readonly KnownModel[] = [
  own('segscope-mnv2-257', 0.374),
  own('segscope-mnv2-257-uint8', 0.366),
  // The card's figure is of the float32 file that this one was made from.
  { ...own('segscope-mnv2-257-tflite-float16', 0.374), published: null },
  own('segscope-mnv2-257-int8', 0.367),
  zoo('mobilenetv2_dm05_coco_voc_trainaug', ['MobileNetV2', 0.5], 'trainaug', [0.7019, 0.88e9, ONE_SCALE_16]),
  zoo('mobilenetv2_dm05_coco_voc_trainval', ['MobileNetV2', 0.5], 'trainval', [0.7183, 2.84e9, ONE_SCALE_8]),
  zoo('mobilenetv2_coco_voc_trainaug', ['MobileNetV2', 1], 'trainaug', [0.7532, 2.75e9, ONE_SCALE_16]),
  zoo('mobilenetv2_coco_voc_trainval', ['MobileNetV2', 1], 'trainval', [0.8025, 152.59e9, MANY_SCALES_8]),
  zoo('xception65_coco_voc_trainaug', ['Xception65', null], 'trainaug', [0.822, 54.17e9, ONE_SCALE_16]),
  zoo('xception65_coco_voc_trainval', ['Xception65', null], 'trainval', [0.878, 3055.35e9, MANY_SCALES_8]),
  quantised('mobilenetv2_dm05_coco_voc_trainaug_8bit', 0.5, 0.6965, 0.88e9),
  quantised('mobilenetv2_coco_voc_trainaug_8bit', 1, 0.7426, 2.75e9),
  {
    id: 'mobilenetv2_coco_cityscapes_trainfine',
    classList: 'cityscapes',
    backbone: 'MobileNetV2',
    depthMultiplier: 1,
    trainingSplit: 'train',
    outputStride: 8,
    published: { meanIoU: 0.7071, split: 'val', protocol: ONE_SCALE_16, source: ZOO },
    multiplyAdds: { count: 21.27e9, conditions: ONE_SCALE_16 },
  },
  {
    id: 'mobilenetv2_ade20k_train',
    classList: 'ade20k',
    backbone: 'MobileNetV2',
    depthMultiplier: 1,
    trainingSplit: 'train',
    outputStride: null,
    published: {
      meanIoU: 0.3204,
      split: 'val',
      protocol: `${ONE_SCALE_16}, longest side resized to 257`,
      source: ZOO,
    },
    multiplyAdds: null,
  },
  unmeasured('deeplabv3_mnv2_dm05_pascal_quant', 'MobileNetV2', 0.5, 16),
  unmeasured('deeplabv3_mnv2_pascal_quant', 'MobileNetV2', 1, 16),
  unmeasured('deeplab_mobilenet_edgetpu_slim_cityscapes_quant', 'MobileNet EdgeTPU', 0.75, 16, 'cityscapes'),
  unmeasured('deeplabv3_257_mv_gpu', 'MobileNetV2', 0.5, 8),
];

/** By catalogue id; null for a model that nobody described. */
export function knownModel(modelId: string): KnownModel | null {
  return KNOWN_MODELS.find(({ id }) => id === modelId) ?? null;
}
