/** Counts the multiplications with addition that a network's convolutions do per picture. */
import type { TfliteModel } from './read-tflite.ts';

/**
 * Output elements times weights per output element, over CONV_2D (weights [out, height, width, in]) and
 * DEPTHWISE_CONV_2D (weights [1, height, width, channels]); everything else is small beside them and left out, as in the
 * figures of the DeepLab model zoo.
 */
export function multiplyAdds({ operators, tensors }: TfliteModel): number {
  return operators.reduce((sum, { name, inputs, outputs }) => {
    const [, height = 0, width = 0, channels = 0] = tensors[inputs[1] ?? -1]?.shape ?? [];
    const elements = tensors[outputs[0] ?? -1]?.shape.reduce((product, side) => product * side, 1) ?? 0;
    if (name === 'CONV_2D') return sum + elements * height * width * channels;
    if (name === 'DEPTHWISE_CONV_2D') return sum + elements * height * width;
    return sum;
  }, 0);
}
