/** One photo of the repository as the square that a network is fed for its self-check. */
import { join } from 'node:path';
import sharp from 'sharp';

export interface GoldenSquare {
  /** For people. */
  readonly picture: string;
  /** Side of the square, px. */
  readonly side: number;
  /** The part that the photo covers, top left, px. */
  readonly width: number;
  readonly height: number;
  /** side * side * 3 values 0..255, RGB. */
  readonly rgb: Uint8Array;
}

const PICTURE = 'astronaut.jpg';

/** Grey, as every DeepLab pads: 127.5 rounded down. */
const PADDING = { r: 127, g: 127, b: 127 };

/** Fits the photo into the square and pads to the right and below: every graph sees the same, whoever pads. */
export async function goldenSquare(samples: string, side: number): Promise<GoldenSquare> {
  const fitted = await sharp(join(samples, PICTURE))
    .resize(side, side, { fit: 'inside' })
    .removeAlpha()
    .toBuffer({ resolveWithObject: true });
  const { width, height } = fitted.info;
  const rgb = await sharp(fitted.data)
    .extend({ right: side - width, bottom: side - height, background: PADDING })
    .raw()
    .toBuffer();
  return { picture: PICTURE, side, width, height, rgb };
}
