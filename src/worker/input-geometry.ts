/** How large a picture is inside the network's input, depending on pre-processing and padding. */
import type { Size } from '../domain/frame.ts';
import { preprocessedPicture, type Region } from '../domain/labels/picture-region.ts';
import type { Preprocessing } from '../domain/measuring/configuration.ts';
import type { GraphPadding } from '../catalogue/catalogue.ts';

export interface InputGeometry {
  /** The part of the source that is drawn; null: all of it. */
  readonly region: Region | null;
  /** The picture, top left, px. */
  readonly picture: Size;
  /** The tensor, px: the picture, plus padding to the right and below unless the graph pads by itself. */
  readonly tensor: Size;
  /** Side of the square that the network sees after padding, px; the logits cover it. */
  readonly inputSize: number;
}

/** A graph that pads inside has one size only, which replaces `inputSize`. */
export function inputGeometry(
  source: Size,
  inputSize: number,
  preprocessing: Preprocessing,
  padding: GraphPadding,
): InputGeometry {
  const side = effectiveInputSize(inputSize, padding);
  const { region, size: picture } = preprocessedPicture(source, side, preprocessing);
  const tensor = padding.kind === 'inside' ? picture : { width: side, height: side };
  return { region, picture, tensor, inputSize: side };
}

export function effectiveInputSize(inputSize: number, padding: GraphPadding): number {
  return padding.kind === 'inside' ? padding.size : inputSize;
}
