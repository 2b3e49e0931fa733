/** The mean colours of a picture's parts: enough to tell whether two pictures show the same scene. */
import type { Size } from '../frame.ts';

/** Parts along either side. Averaging over the pixels of a part removes a webcam's noise of 2 to 4 levels per pixel. */
export const SIGNATURE_SIDE = 16;

/** Mean red, green and blue of SIGNATURE_SIDE x SIGNATURE_SIDE parts, row by row, 0..255. */
export type PictureSignature = Float32Array<ArrayBuffer>;

/**
 * @param rgba width * height * 4 bytes
 * @throws RangeError when a side is shorter than SIGNATURE_SIDE, or the number of bytes does not match
 */
export function signatureOf(rgba: Uint8Array | Uint8ClampedArray, { width, height }: Size): PictureSignature {
  if (width < SIGNATURE_SIDE || height < SIGNATURE_SIDE || rgba.length !== width * height * 4) {
    throw new RangeError(`A picture of ${width} x ${height} and ${rgba.length} bytes has no signature.`);
  }
  const sums = new Float32Array(SIGNATURE_SIDE * SIGNATURE_SIDE * 3);
  const pixels = new Uint32Array(SIGNATURE_SIDE * SIGNATURE_SIDE);
  const columns = Int32Array.from({ length: width }, (_, x) => Math.floor((x * SIGNATURE_SIDE) / width));
  for (let y = 0, at = 0; y < height; y++) {
    const row = Math.floor((y * SIGNATURE_SIDE) / height) * SIGNATURE_SIDE;
    for (let x = 0; x < width; x++, at += 4) {
      const part = row + (columns[x] as number);
      pixels[part] = (pixels[part] as number) + 1;
      for (let channel = 0; channel < 3; channel++) {
        const sum = part * 3 + channel;
        sums[sum] = (sums[sum] as number) + (rgba[at + channel] as number);
      }
    }
  }
  return sums.map((sum, index) => sum / (pixels[Math.floor(index / 3)] as number));
}

/**
 * Root mean square difference of two signatures, 0..255 levels. Below about 1.5 for a fixed camera and a still scene,
 * about 15 to 20 after the camera turns by a twentieth of its picture, 40 and more for different scenes.
 */
export function signatureDistance(a: PictureSignature, b: PictureSignature): number {
  let squares = 0;
  for (let i = 0; i < a.length; i++) squares += ((a[i] as number) - (b[i] as number)) ** 2;
  return Math.sqrt(squares / a.length);
}

interface VarietyVerdict {
  readonly kept: boolean;
  /** To the nearest kept picture, levels; null for the first. */
  readonly nearest: number | null;
}

/** A set of varied pictures: it refuses and counts a picture that is too close to a kept one. */
export interface PictureVariety {
  /** Keeps the picture under this id unless it is too close to a kept one. */
  offer(id: number, signature: PictureSignature): VarietyVerdict;
  /** Removes a picture from the set. */
  remove(id: number): void;
  /** Mean distance over all pairs, levels; null for fewer than two pictures. */
  meanDistance(): number | null;
}

/** @param leastDistance a picture at this distance or closer to a kept one is a near-duplicate; levels */
export function createPictureVariety(leastDistance: number): PictureVariety {
  const kept = new Map<number, PictureSignature>();
  return {
    offer(id, signature) {
      const distances = Array.from(kept.values(), (other) => signatureDistance(signature, other));
      const nearest = distances.length === 0 ? null : Math.min(...distances);
      const isNew = nearest === null || nearest > leastDistance;
      if (isNew) kept.set(id, signature);
      return { kept: isNew, nearest };
    },
    remove(id) {
      kept.delete(id);
    },
    meanDistance() {
      const all = [...kept.values()];
      const distances = all.flatMap((one, index) =>
        all.slice(index + 1).map((other) => signatureDistance(one, other)),
      );
      return distances.length === 0 ? null : distances.reduce((sum, d) => sum + d, 0) / distances.length;
    },
  };
}
