/** Recognises the network of a .tflite file by the shapes of its layers, which survive every conversion. */
import type { ModelFacts } from '../model-facts.types.ts';
import type { LogitsFacts } from './cut-tail.ts';
import type { TfliteModel, TfliteTensor } from './read-tflite.ts';

const CLASS_LISTS: Readonly<Record<number, ModelFacts['classList']>> = {
  21: 'voc',
  19: 'cityscapes',
  151: 'ade20k',
};

/** Inverted residual blocks of MobileNetV2, each with one depthwise convolution. */
const MOBILENET_V2_BLOCKS = 17;
/** Channels of MobileNetV2's first convolution at depth multiplier 1. */
const MOBILENET_V2_STEM = 32;

export function networkFacts(model: TfliteModel, input: TfliteTensor, logits: LogitsFacts): ModelFacts {
  const side = input.shape[1] ?? 0;
  const hidden = model.operators.some(({ custom }) => custom);
  const depthwise = model.operators.filter(({ name }) => name === 'DEPTHWISE_CONV_2D').length;
  const isMobileNetV2 = !hidden && depthwise === MOBILENET_V2_BLOCKS;
  return {
    architecture: isMobileNetV2 ? 'DeepLab v3' : null,
    backbone: isMobileNetV2 ? 'MobileNetV2' : null,
    depthMultiplier: isMobileNetV2 ? stemChannels(model) / MOBILENET_V2_STEM : null,
    outputStride: Math.round((side - 1) / (logits.gridWidth - 1)),
    classes: logits.classes,
    classList: CLASS_LISTS[logits.classes] ?? null,
    inputSizes: [side],
    comparableSizes: [side],
    padding: { kind: 'outside' },
    precision: precisionOf(model),
    inputName: input.name,
    logitsName: logits.name,
  };
}

function stemChannels({ operators, tensors }: TfliteModel): number {
  const stem = operators.find(({ name }) => name === 'CONV_2D');
  return tensors[stem?.outputs[0] ?? -1]?.shape[3] ?? Number.NaN;
}

/** The type in which most of the weights' bytes are stored. */
function precisionOf({ tensors }: TfliteModel): string {
  const bytes = new Map<string, number>();
  for (const { type, constant } of tensors) {
    if (constant !== null) bytes.set(type, (bytes.get(type) ?? 0) + constant.length);
  }
  return [...bytes].sort((a, b) => b[1] - a[1])[0]?.[0] ?? 'unknown';
}
