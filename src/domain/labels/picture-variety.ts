/** Keeps a set of pictures varied: what is too near to one that is kept already is refused and counted. */
import { signatureDistance, type PictureSignature } from './picture-signature.ts';

export interface VarietyVerdict {
  readonly kept: boolean;
  /** To the nearest picture that is kept, levels; null for the first. */
  readonly nearest: number | null;
}

export interface PictureVariety {
  /** Keeps the picture under this id unless it is too near to one that is kept. */
  offer(id: number, signature: PictureSignature): VarietyVerdict;
  /** Takes a picture out of the set again. */
  remove(id: number): void;
  /** Mean distance of all pairs, levels; null for fewer than two pictures. */
  meanDistance(): number | null;
}

/** @param leastDistance a picture as near as this to a kept one, or nearer, is a near-duplicate; levels */
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
