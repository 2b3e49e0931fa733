/** How often labels change while the scene stands still: label changes per pixel and second. */
import { VOID_LABEL, type LabelMap } from './label-map.ts';
import { signatureDistance, type PictureSignature } from './picture-signature.ts';

/** A scene stands still while its signature stays this close to the one at the start, in levels. */
const STILL_DISTANCE = 1.5;
/** Shorter still moments are not counted, because a slow pan has them too, s. */
const STILL_SECONDS = 1;

export interface FlickerReading {
  /** Changes per pixel and second over all still moments; null until the scene has stood still long enough. */
  readonly perPixelSecond: number | null;
  /** How long the scene stood still, s: the time behind the figure. */
  readonly stillSeconds: number;
}

export interface FlickerMeter {
  /**
   * One frame's labels.
   * @param signature of the picture that was segmented
   * @param atMs when it was captured, ms, rising
   */
  push(labelMap: LabelMap, signature: PictureSignature, atMs: number): void;
  reading(): FlickerReading;
}

/**
 * Over every pair of successive frames of a still scene: the share of pixels whose label changed, summed, divided by
 * the time between them, summed. The scene must be still because moving objects change labels correctly.
 */
export function createFlickerMeter(): FlickerMeter {
  let last: { labelMap: LabelMap; atMs: number } | null = null;
  let anchor: PictureSignature | null = null;
  let began = 0;
  /** The current still moment, not counted while it is short. */
  let pending = { changes: 0, seconds: 0 };
  let counted = { changes: 0, seconds: 0 };

  function begin(signature: PictureSignature, atMs: number): void {
    anchor = signature;
    began = atMs;
    pending = { changes: 0, seconds: 0 };
  }

  return {
    push(labelMap, signature, atMs) {
      if (anchor === null || last === null || signatureDistance(anchor, signature) > STILL_DISTANCE) {
        begin(signature, atMs);
      } else if (sameSize(last.labelMap, labelMap)) {
        pending.changes += changed01(last.labelMap, labelMap);
        pending.seconds += (atMs - last.atMs) / 1000;
        if (atMs - began >= STILL_SECONDS * 1000) {
          counted = {
            changes: counted.changes + pending.changes,
            seconds: counted.seconds + pending.seconds,
          };
          pending = { changes: 0, seconds: 0 };
        }
      }
      last = { labelMap, atMs };
    },
    reading() {
      const { changes, seconds } = counted;
      return { perPixelSecond: seconds === 0 ? null : changes / seconds, stillSeconds: seconds };
    },
  };
}

/** Only pixels with a label in both maps: most pixels of a cropped frame may have none. */
function changed01({ labels: before }: LabelMap, { labels: after }: LabelMap): number {
  let compared = 0;
  let changed = 0;
  for (let i = 0; i < before.length; i++) {
    if (before[i] === VOID_LABEL || after[i] === VOID_LABEL) continue;
    compared++;
    if (before[i] !== after[i]) changed++;
  }
  return compared === 0 ? 0 : changed / compared;
}

const sameSize = (a: LabelMap, b: LabelMap) => a.width === b.width && a.height === b.height;
