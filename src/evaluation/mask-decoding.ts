/**
 * Decodes mask files to exact class indices: palette and grey PNGs by their numbers, colour PNGs by exact VOC colours.
 */
import { decode } from 'fast-png';
import { VOC_CLASSES } from '../domain/labels/class-list.ts';
import { VOC_COLORMAP } from '../domain/labels/colormap.ts';
import type { SkipReason } from '../domain/accuracy/evaluation.ts';
import { VOID_LABEL, type LabelMap } from '../domain/labels/label-map.ts';
import { labelRunStarts } from '../domain/labels/label-run-starts.ts';
import { decodeIndexPng, type IndexPng } from './index-png.ts';
import type { MaskMapping } from './mask-mapping.ts';

export type DecodedMask =
  | { readonly kind: 'indices'; readonly labelMap: LabelMap }
  | { readonly kind: 'refused'; readonly reason: SkipReason; readonly sentence: string };

type Png = ReturnType<typeof decode> | IndexPng;
type Samples = Uint8Array | Uint16Array;

const refuse = (reason: SkipReason, sentence: string): DecodedMask => ({ kind: 'refused', reason, sentence });

/**
 * @param name of the mask, for sentences
 * @param classes indices below it are classes of the model, 255 is void, everything else is refused
 * @param mapping what the numbers in the file mean; null if they are class indices
 */
export async function decodeMask(
  bytes: Uint8Array,
  name: string,
  classes: number,
  mapping: MaskMapping | null,
): Promise<DecodedMask> {
  let png: Png;
  try {
    png = (await decodeIndexPng(bytes)) ?? decode(bytes);
  } catch (error) {
    const detail = error instanceof Error ? error.message : String(error);
    return refuse(
      'unreadable-mask',
      `The mask "${name}" is not a readable PNG (${detail.replace(/\.$/, '')}).`,
    );
  }
  if (png.channels >= 3) return fromColours(png, name, classes);
  const samples = samplesOf(png);
  if (samples === null) {
    return refuse('unreadable-mask', `The mask "${name}" has ${png.depth} bits and is interlaced.`);
  }
  const used = valuesIn(samples);
  if (mapping === null && hasShuffledVocPalette(png, used)) {
    return refuse(
      'colour-mask',
      `The mask "${name}" has the VOC colours in a palette of another order, so its numbers are not class indices.`,
    );
  }
  return fromNumbers(samples, used, png, name, classes, mapping);
}

/** One number per pixel; alpha of grey PNGs is dropped. null: packed bits in an order that is not unpacked here. */
function samplesOf({ width, height, depth, channels, data }: Png): Samples | null {
  const pixels = width * height;
  if (depth >= 8) {
    if (channels === 1) return data instanceof Uint8ClampedArray ? Uint8Array.from(data) : data;
    return Uint16Array.from({ length: pixels }, (_, i) => data[i * channels] as number);
  }
  const rowBytes = Math.ceil((width * depth) / 8);
  if (channels !== 1 || data.length < rowBytes * height) return null;
  const samples = new Uint8Array(pixels);
  const mask = (1 << depth) - 1;
  for (let y = 0, i = 0; y < height; y++) {
    for (let x = 0; x < width; x++, i++) {
      const bit = x * depth;
      const byte = data[y * rowBytes + (bit >> 3)] as number;
      samples[i] = (byte >> (8 - depth - (bit & 7))) & mask;
    }
  }
  return samples;
}

/** Number in the file to class index; the mask is refused at the first unmapped number. */
function fromNumbers(
  samples: Samples,
  used: readonly number[],
  { width, height }: Png,
  name: string,
  classes: number,
  mapping: MaskMapping | null,
): DecodedMask {
  const table = new Uint8Array(samples instanceof Uint8Array ? 256 : 65_536);
  let same = samples instanceof Uint8Array;
  for (const value of used) {
    const index = mapping === null ? value : (mapping.classOf.get(value) ?? -1);
    if (index < 0 || (index >= classes && index !== VOID_LABEL)) {
      return outOfRange(samples.indexOf(value), value, width, name, classes, mapping);
    }
    table[value] = index;
    same &&= index === value;
  }
  const labels = new Uint8Array(samples.length);
  if (same) labels.set(samples);
  else for (let i = 0; i < samples.length; i++) labels[i] = table[samples[i] as number] as number;
  return { kind: 'indices', labelMap: { width, height, labels } };
}

function outOfRange(
  at: number,
  value: number,
  width: number,
  name: string,
  classes: number,
  mapping: MaskMapping | null,
): DecodedMask {
  const where = `at (${at % width}, ${Math.floor(at / width)})`;
  const why =
    mapping === null
      ? `which is neither void nor one of the model's ${classes} classes`
      : `which "${mapping.name}" maps to none of the model's ${classes} classes`;
  return refuse('class-out-of-range', `The mask "${name}" has the value ${value} ${where}, ${why}.`);
}

const colourKey = (red: number, green: number, blue: number) => (red << 16) | (green << 8) | blue;

const VOC_INDEX_OF: ReadonlyMap<number, number> = new Map(
  [...VOC_CLASSES.names.keys(), VOID_LABEL].map((index) => {
    const [red, green, blue] = VOC_COLORMAP[index] ?? [0, 0, 0];
    return [colourKey(red, green, blue), index];
  }),
);

function fromColours(png: Png, name: string, classes: number): DecodedMask {
  const { width, height, channels, data, depth } = png;
  if (depth !== 8) return refuse('colour-mask', `The mask "${name}" is a colour picture of ${depth} bits.`);
  const labels = new Uint8Array(width * height);
  for (let i = 0, at = 0; i < labels.length; i++, at += channels) {
    const [red, green, blue] = [data[at] as number, data[at + 1] as number, data[at + 2] as number];
    const index = VOC_INDEX_OF.get(colourKey(red, green, blue));
    if (index === undefined || (channels === 4 && data[at + 3] !== 255)) {
      const where = `(${i % width}, ${Math.floor(i / width)})`;
      return refuse(
        'colour-mask',
        `The mask "${name}" is a colour picture, and its colour (${red}, ${green}, ${blue}) at ${where} is not exactly that of a VOC class: save the mask with class indices.`,
      );
    }
    labels[i] = index;
  }
  const stranger = labels.findIndex((label) => label >= classes && label !== VOID_LABEL);
  if (stranger >= 0) return outOfRange(stranger, labels[stranger] as number, width, name, classes, null);
  return { kind: 'indices', labelMap: { width, height, labels } };
}

/**
 * Programs that rewrite a palette PNG may sort its palette: the colours still look right, but the numbers are wrong.
 * True if all numbers in use have exact VOC colours, but one of them has the colour of another class.
 */
function hasShuffledVocPalette({ palette }: Png, used: readonly number[]): boolean {
  if (palette === undefined) return false;
  const meant = used.map((value) => {
    const [red = -1, green = -1, blue = -1] = palette[value] ?? [];
    return { value, index: VOC_INDEX_OF.get(colourKey(red, green, blue)) };
  });
  return meant.every(({ index }) => index !== undefined) && meant.some(({ value, index }) => value !== index);
}

/** Rising. Masks have long runs: for bytes only the start of each run is checked. */
function valuesIn(samples: Samples): readonly number[] {
  const used = new Set<number>();
  if (samples instanceof Uint8Array) {
    const starts = labelRunStarts(samples);
    for (let run = 0; run + 1 < starts.length; run++) used.add(samples[starts[run] as number] as number);
  } else {
    for (let i = 0, last = -1; i < samples.length; i++) {
      const value = samples[i] as number;
      if (value !== last) used.add((last = value));
    }
  }
  return [...used].sort((a, b) => a - b);
}
