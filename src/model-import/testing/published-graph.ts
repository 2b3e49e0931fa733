/** Small graphs like those of TensorFlow's DeepLab exporter, for tests. */
import { intAttr, intsAttr, typeAttr } from '../attribute.ts';
import { GraphBuilder } from './graph-builder.ts';

/** Side to which the graphs pad their picture, px. */
export const PUBLISHED_SIDE = 65;

const CLASSES = 21;
const SQUARE = [PUBLISHED_SIDE, PUBLISHED_SIDE] as const;

/**
 * Subtracts the mean pixel, pads to the crop size by arithmetic on the picture's shape, adds it again, scales to -1..1:
 * node for node what research/deeplab's export_model.py leaves in a graph.
 */
function addPreprocessing(b: GraphBuilder, crop: readonly [number, number] = SQUARE): string {
  const image = b.node('Squeeze', 'Squeeze', [b.input('DT_UINT8')], { squeeze_dims: intsAttr([0]) });
  const cast = b.node('Cast', 'Cast', [image], { SrcT: typeAttr('DT_UINT8'), DstT: typeAttr('DT_FLOAT') });
  b.floats('mean', [127.5, 127.5, 127.5], [1, 1, 3]);
  const centred = b.node('sub_2', 'Sub', [cast, 'mean']);
  b.node('Shape', 'Shape', [cast], { out_type: typeAttr('DT_INT32') });
  b.ints('zero', [0], []);
  b.ints('one', [1]);
  const missing = [0, 1].map((axis) => {
    b.ints(`begin_${axis}`, [axis]);
    b.ints(`end_${axis}`, [axis + 1]);
    const masks = { shrink_axis_mask: intAttr(1), begin_mask: intAttr(0), end_mask: intAttr(0) };
    b.node(`side_${axis}`, 'StridedSlice', ['Shape', `begin_${axis}`, `end_${axis}`, 'one'], masks);
    b.ints(`crop_${axis}`, [crop[axis] as number], []);
    b.node(`less_${axis}`, 'Sub', [`crop_${axis}`, `side_${axis}`]);
    b.node(`missing_${axis}`, 'Maximum', [`less_${axis}`, 'zero']);
    return b.node(`stack_${axis}`, 'Pack', ['zero', `missing_${axis}`], { axis: intAttr(0) });
  });
  b.ints('no_channels', [0, 0]);
  b.node('paddings', 'Pack', [...missing, 'no_channels'], { axis: intAttr(0) });
  b.node('Pad', 'Pad', [centred, 'paddings']);
  b.node('add_2', 'Add', ['Pad', 'mean']);
  b.ints('batch', [0], []);
  b.node('ExpandDims', 'ExpandDims', ['add_2', 'batch']);
  b.floats('mul/x', [2 / 255], []);
  b.node('mul', 'Mul', ['mul/x', 'ExpandDims']);
  b.floats('sub_7/y', [1], []);
  return b.node('sub_7', 'Sub', ['mul', 'sub_7/y']);
}

function convNorm(
  b: GraphBuilder,
  name: string,
  from: string,
  [k, i, o]: readonly [number, number, number],
  stride = 1,
) {
  return b.node(`${name}/Relu`, 'Relu', [
    b.batchNorm(`${name}/BatchNorm`, b.conv(`${name}/Conv2D`, from, [k, k, i, o], stride), o),
  ]);
}

function finish(
  b: GraphBuilder,
  from: string,
  channels: number,
  crop: readonly [number, number] = SQUARE,
): GraphBuilder {
  const logits = b.conv('logits/semantic/Conv2D', from, [1, 1, channels, CLASSES]);
  b.randoms('logits/semantic/biases', [CLASSES]);
  const biased = b.node('logits/semantic/BiasAdd', 'BiasAdd', [logits, 'logits/semantic/biases']);
  b.argMax(b.resize('ResizeBilinear_1', biased, crop));
  b.node('SemanticPredictions', 'Identity', ['ArgMax']);
  return b;
}

/**
 * Inverted residuals with atrous depthwise convolutions, image pooling, two branches, logits at output stride 4.
 * @param width of the crop, px: Cityscapes networks have an oblong one.
 */
export function mobilenetLike(seed: number, width = PUBLISHED_SIDE): GraphBuilder {
  const b = new GraphBuilder(seed);
  const crop = [PUBLISHED_SIDE, width] as const;
  const side = [(PUBLISHED_SIDE - 1) / 4 + 1, (width - 1) / 4 + 1] as const;
  let x = convNorm(b, 'MobilenetV2/Conv', addPreprocessing(b, crop), [3, 3, 16], 2);
  x = b.depthwise('MobilenetV2/reduce', x, 16, 2);
  x = b.node('MobilenetV2/reduce/Relu6', 'Relu6', [b.batchNorm('MobilenetV2/reduce/BatchNorm', x, 16)]);
  for (const block of [1, 2]) {
    const name = `MobilenetV2/expanded_conv_${block}`;
    let inner = convNorm(b, `${name}/expand`, x, [1, 16, 32]);
    inner = b.atrousDepthwise(`${name}/depthwise`, inner, 32, 2 * block, side);
    inner = b.node(`${name}/Relu6`, 'Relu6', [b.batchNorm(`${name}/depthwise/BatchNorm`, inner, 32)]);
    inner = b.batchNorm(`${name}/project/BatchNorm`, b.conv(`${name}/project`, inner, [1, 1, 32, 16]), 16);
    x = b.node(`${name}/add`, 'Add', [x, inner]);
  }
  const pooled = convNorm(b, 'image_pooling', b.averagePool('AvgPool2D/AvgPool', x, side), [1, 16, 12]);
  const branches = [b.resize('ResizeBilinear', pooled, side), convNorm(b, 'aspp0', x, [1, 16, 12])];
  const joined = convNorm(b, 'concat_projection', b.concat('concat', branches), [1, 24, 12]);
  return finish(b, b.node('dropout', 'Identity', [joined]), 12, crop);
}

/** Separable convolutions with fixed padding, five branches, a decoder: encoder at output stride 16, logits at 4. */
export function xceptionLike(seed: number): GraphBuilder {
  const b = new GraphBuilder(seed);
  const at = (stride: number) => (PUBLISHED_SIDE - 1) / stride + 1;
  const separable = (
    name: string,
    from: string,
    channels: readonly [number, number],
    options: { stride?: number; rate?: number; side?: number },
  ) => {
    const { stride = 1, rate = 1, side = 0 } = options;
    const [inputs, outputs] = channels;
    let x = from;
    if (stride > 1) {
      b.ints(`${name}/paddings`, [0, 0, 1, 1, 1, 1, 0, 0], [4, 2]);
      x = b.node(`${name}/Pad`, 'Pad', [x, `${name}/paddings`]);
      x = b.depthwise(`${name}_depthwise`, x, inputs, stride, 'VALID');
    } else if (rate > 1) x = b.atrousDepthwise(`${name}_depthwise`, x, inputs, rate, side);
    else x = b.depthwise(`${name}_depthwise`, x, inputs);
    x = b.batchNorm(`${name}_depthwise/BatchNorm`, x, inputs);
    x = b.conv(`${name}_pointwise`, x, [1, 1, inputs, outputs]);
    return b.node(`${name}_pointwise/Relu`, 'Relu', [b.batchNorm(`${name}_pointwise/BatchNorm`, x, outputs)]);
  };
  let x = convNorm(b, 'xception_65/entry_flow/conv1_1', addPreprocessing(b), [3, 3, 8], 2);
  const low = separable('xception_65/entry_flow/block1/separable_conv1', x, [8, 12], { stride: 2 });
  x = separable('xception_65/entry_flow/block2/separable_conv1', low, [12, 16], { stride: 2 });
  x = separable('xception_65/entry_flow/block3/separable_conv1', x, [16, 16], { stride: 2 });
  const inner = separable('xception_65/middle_flow/block1/separable_conv1', x, [16, 16], {});
  x = b.node('xception_65/middle_flow/block1/add', 'Add', [inner, x]);
  const side = at(16);
  const pooled = convNorm(b, 'image_pooling', b.averagePool('AvgPool2D/AvgPool', x, side), [1, 16, 8]);
  const branches = [b.resize('ResizeBilinear', pooled, side), convNorm(b, 'aspp0', x, [1, 16, 8])];
  for (const [i, rate] of [2, 3, 4].entries()) {
    branches.push(separable(`aspp${i + 1}`, x, [16, 8], { rate, side }));
  }
  const joined = convNorm(b, 'concat_projection', b.concat('concat', branches), [1, 40, 8]);
  const skip = convNorm(b, 'decoder/feature_projection0', low, [1, 12, 6]);
  const sizes = [b.resize('decoder/up', joined, at(4)), b.resize('decoder/same', skip, at(4))];
  x = separable('decoder/decoder_conv0', b.concat('decoder/concat', sizes), [14, 12], {});
  return finish(b, x, 12);
}
