/** Scores pictures in sequence on one configuration; by default, all other work overlaps with inference. */
import { boundaryScores, type BoundaryScore } from '../../domain/accuracy/boundary-score.ts';
import type { PartTimes, Skipped } from '../../domain/accuracy/evaluation.ts';
import type { Size } from '../../domain/frame.ts';
import { resizeLabelMap, type LabelMap } from '../../domain/labels/label-map.ts';
import { onlyInside, type Region } from '../../domain/labels/picture-region.ts';
import { countPicture, type PictureCounts } from '../../domain/accuracy/picture-counts.ts';
import type { PicturePair } from '../../evaluation/data-set.ts';
import { encodeLabelRuns, maxLabelRunBytes } from '../../protocol/label-runs.ts';
import { segmentPicture, type Segmentation, type Segmenter } from '../../segmentation/segmenter.ts';
import { preparePicture, type PreparationParts, type PreparedPicture } from './picture-preparation.ts';

/** The stored record of one picture under one configuration. */
export interface PictureRecord {
  readonly name: string;
  /** Size of the picture's file. */
  readonly bytes: number;
  readonly width: number;
  readonly height: number;
  readonly counts: PictureCounts;
  readonly boundaries: readonly BoundaryScore[];
  readonly times: PictureTimes;
}

/** ms */
export interface PictureTimes {
  readonly inference: number;
  /** From handing the picture to the segmenter until its labels arrive. */
  readonly segment: number;
  /** From the previous picture to this one. */
  readonly whole: number;
  /** Missing in records of an earlier Segscope. */
  readonly parts?: PartTimes;
}

/** The prediction at the picture's size, in runs (protocol/label-runs). */
export interface PictureLabels {
  readonly name: string;
  readonly width: number;
  readonly height: number;
  readonly runs: Uint8Array<ArrayBuffer>;
}

export interface ScoringParts extends PreparationParts {
  readonly segmenter: Pick<Segmenter, 'segment'>;
  /** The part of a picture that is segmented and scored; null: all of it. */
  readonly seen: ((picture: Size) => Region) | null;
  readonly onScored: (record: PictureRecord, labels: PictureLabels) => void;
  readonly onSkipped: (skipped: Skipped) => void;
  /**
   * Called before every picture: a promise is awaited after the picture in flight is counted; null continues at once.
   */
  readonly pause: () => Promise<void> | null;
  /** Called before every picture: true ends the scoring after the picture in flight is counted. */
  readonly isOver: () => boolean;
  /** True: the next picture starts only after this one is finished. */
  readonly oneAtATime: boolean;
}

type Ready = Extract<PreparedPicture, { kind: 'ready' }>;

interface InFlight {
  readonly picture: Ready;
  readonly segmenting: Promise<Pick<Segmentation, 'labelMap' | 'stages'> & { readonly segmentMs: number }>;
}

/**
 * Two pictures are in progress at a time: while the network has one, the previous one is counted and the next is
 * decoded.
 * @throws ProblemError when the segmenter fails; earlier pictures have already been handed out
 */
export async function scorePictures(pairs: readonly PicturePair[], parts: ScoringParts): Promise<void> {
  const { now } = parts;
  let last = now();
  let inFlight: InFlight | null = null;
  let next = prepare(0);

  function prepare(index: number): Promise<PreparedPicture> | null {
    const pair = pairs[index];
    return pair === undefined ? null : preparePicture(pair, parts);
  }

  function send(picture: Ready): InFlight {
    const started = now();
    const segmenting = segmentPicture(parts.segmenter, picture.pixels).then((answer) => ({
      ...answer,
      segmentMs: now() - started,
    }));
    // The caller awaits this later; until then a failure must not count as an unhandled rejection.
    segmenting.catch(() => undefined);
    return { picture, segmenting };
  }

  /** Takes a finished picture from the network and sends the next one before it counts the finished one. */
  async function turn(following: Ready | null): Promise<void> {
    const done: InFlight | null = inFlight;
    inFlight = null;
    const answer = await done?.segmenting.catch((error: unknown) => {
      following?.pixels.close();
      throw error;
    });
    const ended = now();
    if (following !== null) inFlight = send(following);
    if (done === null || answer === undefined) return;
    const { picture } = done;
    const begun = now();
    const counted = countOne(picture, answer.labelMap, parts);
    const count = now() - begun;
    const { encode, transport, preprocess, inference, postprocess } = answer.stages;
    const over = parts.oneAtATime ? now() : ended;
    const times: PictureTimes = {
      inference,
      segment: answer.segmentMs,
      whole: over - last,
      parts: { prepare: picture.preparedMs, preprocess, postprocess, transport: encode + transport, count },
    };
    last = over;
    parts.onScored({ ...counted.record, times }, counted.labels);
  }

  try {
    for (let index = 0; next !== null; index++) {
      const pause = parts.pause();
      if (pause !== null) {
        await turn(null);
        await pause;
        last = now();
      }
      if (parts.isOver()) break;
      const prepared: PreparedPicture = await next;
      next = parts.oneAtATime ? null : prepare(index + 1);
      if (prepared.kind === 'skipped') parts.onSkipped(prepared.skipped);
      else await turn(prepared);
      if (!parts.oneAtATime) continue;
      await turn(null);
      next = prepare(index + 1);
    }
    await turn(null);
  } finally {
    const unused = await next;
    if (unused?.kind === 'ready') unused.pixels.close();
  }
}

function countOne({ name, bytes, truth: whole }: Ready, answer: LabelMap, { classes, seen }: ScoringParts) {
  const truth = seen === null ? whole : onlyInside(whole, seen(whole));
  const sameSize = answer.width === truth.width && answer.height === truth.height;
  const prediction = sameSize ? answer : resizeLabelMap(answer, truth);
  const { width, height } = truth;
  const runs = new Uint8Array(maxLabelRunBytes(prediction.labels.length));
  const used = encodeLabelRuns(prediction.labels, runs);
  return {
    record: {
      name,
      bytes,
      width,
      height,
      counts: countPicture(truth, prediction, classes),
      boundaries: boundaryScores(truth, prediction),
    },
    labels: { name, width, height, runs: runs.slice(0, used) },
  };
}
