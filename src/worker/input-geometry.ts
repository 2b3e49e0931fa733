/** How large a picture becomes inside the network's input, by pre-processing and padding, and its labels' way back. */
import type { Preprocessing } from '../domain/measuring/configuration.ts';
import type { Size } from '../domain/frame.ts';
import type { LabelMap } from '../domain/labels/label-map.ts';
import { middleSquare, placeLabels, type Region } from '../domain/labels/picture-region.ts';
import type { GraphPadding } from './messages.ts';

export interface InputGeometry {
  /** What of the source is drawn; null: all of it. */
  readonly region: Region | null;
  /** The picture, top left, px. */
  readonly picture: Size;
  /** What is fed: the picture with our padding to the right and below, if it is ours to pad. */
  readonly tensor: Size;
  /** Side of the square that the network sees in the end, px; the logits cover it. */
  readonly inputSize: number;
}

/**
 * 'fit' scales the longest side to the input size; the other side is rounded to the nearest pixel, halves up, as
 * @tensorflow-models/deeplab does, and is at least 1. 'native' leaves alone what fits. 'stretch' scales both sides to
 * the input size, and 'crop' the middle square: both leave nothing to pad.
 * A graph that pads inside has one size only, which takes the place of `inputSize`.
 */
export function inputGeometry(
  source: Size,
  inputSize: number,
  preprocessing: Preprocessing,
  padding: GraphPadding,
): InputGeometry {
  const side = effectiveInputSize(inputSize, padding);
  const picture = pictureSize(source, side, preprocessing);
  const tensor = padding.kind === 'inside' ? picture : { width: side, height: side };
  const region = preprocessing === 'crop' ? middleSquare(source) : null;
  return { region, picture, tensor, inputSize: side };
}

function pictureSize({ width, height }: Size, side: number, preprocessing: Preprocessing): Size {
  if (preprocessing === 'stretch' || preprocessing === 'crop') return { width: side, height: side };
  const longest = Math.max(width, height);
  if (preprocessing === 'native' && longest <= side) return { width, height };
  const scaled = (length: number) => Math.max(1, Math.round((length * side) / longest));
  return { width: scaled(width), height: scaled(height) };
}

export function effectiveInputSize(inputSize: number, padding: GraphPadding): number {
  return padding.kind === 'inside' ? padding.size : inputSize;
}

/**
 * A map that covers the whole source: the given one where all of the source was seen, at whatever size; else one of the
 * source's own size, void where nothing was seen.
 * @param labelMap of geometry.picture
 */
export function labelsOfSource(labelMap: LabelMap, { region }: InputGeometry, source: Size): LabelMap {
  return region === null ? labelMap : placeLabels(labelMap, region, source);
}
