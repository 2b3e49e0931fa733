/** Describes a .tflite file: input, output, operators, cost, and the likely network. */
import type { ModelFacts } from '../model-facts.types.ts';
import { cutTail, type LogitsFacts } from './cut-tail.ts';
import { readTflite, type TfliteModel, type TfliteTensor } from './read-tflite.ts';
import { refuse } from './refusal.ts';
import type { TensorType } from './tensor-type.ts';

export interface TensorFacts {
  readonly name: string;
  readonly shape: readonly number[];
  readonly type: TensorType;
  /** real = scale * (stored - zeroPoint); null if values are stored unscaled. */
  readonly quantization: { readonly scale: number; readonly zeroPoint: number } | null;
}

export interface OperatorCount {
  readonly name: string;
  readonly count: number;
}

/** How the picture's bytes become the input tensor's numbers. */
export type InputEncoding =
  /** The bytes 0..255 themselves: the file's own scale and zero point normalise them. */
  | 'uint8'
  /** byte - 128. */
  | 'int8'
  /** byte / 127.5 - 1, because the network does not normalise. */
  | 'float32-normalised'
  /** 0..255, because the network normalises inside. */
  | 'float32-raw';

export interface TfliteDescription {
  readonly inputs: readonly TensorFacts[];
  readonly outputs: readonly TensorFacts[];
  /** Most frequent first. */
  readonly operators: readonly OperatorCount[];
  /** Names of operators that TFLite itself does not have, for instance "edgetpu-custom-op". */
  readonly customOperators: readonly string[];
  /** Bytes of all constants. */
  readonly weightBytes: number;
  /** Of the convolutions; null if a custom operator hides them. */
  readonly multiplyAdds: number | null;
  readonly inputEncoding: InputEncoding;
  readonly logits: LogitsFacts;
  /** Names of the operators after the logits, in order. */
  readonly tail: readonly string[];
  readonly facts: ModelFacts;
}

/**
 * @param bytes a whole .tflite file
 * @throws ProblemError model-invalid: truncated or hostile, no picture as input, or no DeepLab tail (see cutTail)
 */
export function describeTflite(bytes: Uint8Array<ArrayBuffer>): TfliteDescription {
  const model = readTflite(bytes);
  const { logits, dropped } = cutTail(bytes);
  const customOperators = [
    ...new Set(model.operators.filter(({ custom }) => custom).map(({ name }) => name)),
  ];
  const input = pictureOf(model);
  return {
    inputs: factsOf(model, model.inputs),
    outputs: factsOf(model, model.outputs),
    operators: countOperators(model),
    customOperators,
    weightBytes: model.tensors.reduce((sum, { constant }) => sum + (constant?.length ?? 0), 0),
    multiplyAdds: customOperators.length > 0 ? null : multiplyAdds(model),
    inputEncoding: inputEncoding(model, input),
    logits,
    tail: dropped,
    facts: networkFacts(model, input, logits),
  };
}

/** The only input: [1, side, side, 3]. */
function pictureOf(model: TfliteModel): TfliteTensor {
  const [index] = model.inputs;
  const input = index === undefined ? undefined : model.tensors[index];
  if (input === undefined || model.inputs.length > 1) {
    return refuse(`it has ${model.inputs.length} inputs instead of one`);
  }
  const [batch, height = 0, width = 0, channels] = input.shape;
  if (input.shape.length !== 4 || batch !== 1 || channels !== 3 || height < 2 || height !== width) {
    refuse(
      `its input "${input.name}" has the shape [${input.shape.join(', ')}] instead of [1, side, side, 3]`,
    );
  }
  return input;
}

/** Operators on the whole input: a network that starts with one normalises inside. */
const NORMALISERS = new Set(['MUL', 'SUB', 'ADD', 'DIV']);

function inputEncoding(model: TfliteModel, { type, name }: TfliteTensor): InputEncoding {
  switch (type) {
    case 'uint8':
    case 'int8':
      return type;
    case 'float32': {
      const input = model.inputs[0] ?? -1;
      const first = model.operators.find(({ inputs }) => inputs.includes(input));
      return first !== undefined && NORMALISERS.has(first.name) ? 'float32-raw' : 'float32-normalised';
    }
    default:
      return refuse(`its input "${name}" takes ${type}, neither 8-bit numbers nor float32`);
  }
}

function countOperators({ operators }: TfliteModel): readonly OperatorCount[] {
  const counts = new Map<string, number>();
  for (const { name } of operators) counts.set(name, (counts.get(name) ?? 0) + 1);
  return [...counts].map(([name, count]) => ({ name, count })).sort((a, b) => b.count - a.count);
}

function factsOf(model: TfliteModel, indices: readonly number[]): readonly TensorFacts[] {
  return indices.flatMap((index) => {
    const tensor = model.tensors[index];
    if (tensor === undefined) return [];
    const [scale] = tensor.scales;
    const [zeroPoint] = tensor.zeroPoints;
    const quantization = scale === undefined || zeroPoint === undefined ? null : { scale, zeroPoint };
    return [{ name: tensor.name, shape: tensor.shape, type: tensor.type, quantization }];
  });
}

/**
 * Output elements times weights per output element, over CONV_2D (weights [out, height, width, in]) and
 * DEPTHWISE_CONV_2D (weights [1, height, width, channels]); everything else is small in comparison and left out, as in
 * the figures of the DeepLab model zoo.
 */
function multiplyAdds({ operators, tensors }: TfliteModel): number {
  return operators.reduce((sum, { name, inputs, outputs }) => {
    const [, height = 0, width = 0, channels = 0] = tensors[inputs[1] ?? -1]?.shape ?? [];
    const elements = tensors[outputs[0] ?? -1]?.shape.reduce((product, side) => product * side, 1) ?? 0;
    if (name === 'CONV_2D') return sum + elements * height * width * channels;
    if (name === 'DEPTHWISE_CONV_2D') return sum + elements * height * width;
    return sum;
  }, 0);
}

const CLASS_LISTS: Readonly<Record<number, ModelFacts['classList']>> = {
  21: 'voc',
  19: 'cityscapes',
  151: 'ade20k',
};

/** Inverted residual blocks of MobileNetV2, each with one depthwise convolution. */
const MOBILENET_V2_BLOCKS = 17;
/** Channels of MobileNetV2's first convolution at depth multiplier 1. */
const MOBILENET_V2_STEM = 32;

function networkFacts(model: TfliteModel, input: TfliteTensor, logits: LogitsFacts): ModelFacts {
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
