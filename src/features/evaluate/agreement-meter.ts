/** Compares the labels of two configurations on the same frames: agreement over time, flicker, swapped classes. */
import { isOnAgent, placeName, type AnyDescription } from '../../domain/agent-description.ts';
import { createFlickerMeter } from '../../domain/labels/label-flicker.ts';
import { classKey } from '../../domain/labels/legend.ts';
import type { LabelMap } from '../../domain/labels/label-map.ts';
import { createLabelSwaps } from '../../domain/labels/label-swaps.ts';
import type { PictureSignature } from '../../domain/labels/picture-signature.ts';
import type { AgreementPoint, AgreementReading } from './agreement-store.ts';

export interface AgreementMeter {
  /** @param atMs capture time of the frame; must increase */
  push(first: LabelMap, second: LabelMap, signature: PictureSignature, atMs: number): void;
  /** null before the first frame. */
  reading(): AgreementReading | null;
}

/** More points than a chart has pixels are useless: beyond this number every second point is dropped. */
const MOST_POINTS = 600;
const SWAPS_SHOWN = 8;
/** Agreement is counted in steps of 0.01 %, so that the memory for a median does not grow over hours. */
const STEPS = 10_000;

/** Both must have the same class list. */
export function createAgreementMeter(
  first: AnyDescription,
  second: AnyDescription,
  sourceLabel: string,
): AgreementMeter {
  const swaps = createLabelSwaps();
  const flickers = [createFlickerMeter(), createFlickerMeter()] as const;
  const counts = new Uint32Array(STEPS + 1);
  let history: AgreementPoint[] = [];
  let everyNth = 1;
  let frames = 0;
  let sum = 0;
  let last = 0;
  let startedMs = 0;
  let lastMs = 0;

  function median(): number {
    let below = 0;
    for (let step = 0; step <= STEPS; step++) {
      below += counts[step] as number;
      if (below * 2 >= frames) return step / STEPS;
    }
    return 1;
  }

  function note(point: AgreementPoint): void {
    if ((frames - 1) % everyNth === 0) history.push(point);
    if (history.length <= MOST_POINTS) return;
    history = history.filter((_, index) => index % 2 === 0);
    everyNth *= 2;
  }

  return {
    push(a, b, signature, atMs) {
      if (frames === 0) startedMs = atMs;
      frames++;
      lastMs = atMs;
      last = swaps.add(a, b);
      sum += last;
      const step = Math.round(last * STEPS);
      counts[step] = (counts[step] as number) + 1;
      note({ seconds: (atMs - startedMs) / 1000, agreement01: last });
      flickers[0].push(a, signature, atMs);
      flickers[1].push(b, signature, atMs);
    },
    reading() {
      if (frames === 0) return null;
      return {
        firstName: sideWords(first),
        secondName: sideWords(second),
        sourceLabel,
        frames,
        seconds: (lastMs - startedMs) / 1000,
        last01: last,
        mean01: sum / frames,
        median01: median(),
        lowest01: counts.findIndex((count) => count > 0) / STEPS,
        history: [...history],
        firstFlicker: flickers[0].reading(),
        secondFlicker: flickers[1].reading(),
        swaps: swaps.largest(SWAPS_SHOWN).map(({ first: index, second: otherIndex, share01 }) => {
          const [one, other] = [classKey(first, index), classKey(first, otherIndex)];
          return {
            firstName: one.name,
            secondName: other.name,
            firstColor: one.color,
            secondColor: other.color,
            share01,
          };
        }),
      };
    },
  };
}

/** "Segscope MobileNetV2, wasm, 257 px, fit"; on an agent "coral, tflite, CPU at pi:8590, cut tail, 513 px, fit" */
function sideWords(description: AnyDescription): string {
  const { modelName, inputSize, preprocessing } = description;
  const where = isOnAgent(description) ? ` at ${description.agentAddress}, ${description.tail} tail` : '';
  return [modelName, `${placeName(description)}${where}`, `${inputSize} px`, preprocessing].join(', ');
}
