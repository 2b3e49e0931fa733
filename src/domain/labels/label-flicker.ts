/** How restless labels are while the scene stands still: label changes per pixel and second. */
import { VOID_LABEL, type LabelMap } from './label-map.ts';
import { signatureDistance, type PictureSignature } from './picture-signature.ts';

/** A scene stands still while its signature stays this near to the one with which the stillness began, in levels. */
const STILL_DISTANCE = 1.5;
/** Shorter moments of stillness are not counted: a slow pan has them too, s. */
const STILL_SECONDS = 1;

export interface FlickerReading {
  /** Changes per pixel and second over all still moments; null until the scene stood still long enough. */
  readonly perPixelSecond: number | null;
  /** How long the scene stood still, s: what the figure rests on. */
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
 * Over every pair of successive frames of a scene that stands still: the share of pixels whose label changed, summed,
 * by the time between them, summed. What moves changes labels rightly, hence the condition.
 */
export function createFlickerMeter(): FlickerMeter {
  let last: { labelMap: LabelMap; atMs: number } | null = null;
  let anchor: PictureSignature | null = null;
  let began = 0;
  /** Of the stillness under way, not yet counted while it is short. */
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

/** Of the pixels that have a label in both: of a cropped frame most may have none. */
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
