/**
 * Records a varied set of pictures from the live source, and saves it with the commands to quantise a network with
 * it.
 */
import type { FrameSource } from '../../capture/frame-source.ts';
import {
  type PictureSignature,
  createPictureVariety,
  type PictureVariety,
} from '../../domain/labels/picture-signature.ts';
import {
  createCalibrationStore,
  NO_CALIBRATION,
  type CalibrationFormat,
  type CalibrationPlan,
  type CalibrationState,
  type CalibrationStore,
} from './calibration-store.ts';
import type { CreateJob, RunningJob } from '../../app/job.ts';
import type { ExportFile } from '../runs/public.ts';

export interface CalibrationParts {
  readonly createJob: CreateJob;
  readonly signatureOf: (pixels: ImageBitmap) => PictureSignature;
  /** At the picture's own size; the caller keeps the pixels. */
  readonly encode: (pixels: ImageBitmap, format: CalibrationFormat) => Promise<Blob>;
  /** @throws the signal's reason */
  readonly wait: (ms: number, signal: AbortSignal) => Promise<void>;
  /** ms, monotonic. */
  readonly now: () => number;
  /** A zip of the set. Loaded on first use. */
  readonly zip: (set: CalibrationState) => Promise<Blob>;
}

/** A still picture gives frames without a pause; this delay keeps the page responsive. */
const LEAST_WAIT_MS = 20;

export function createCalibrationSession(parts: CalibrationParts): CalibrationSession {
  const store = createCalibrationStore();
  let variety: PictureVariety | null = null;

  async function record(
    plan: CalibrationPlan,
    { signal, report, openLiveSource }: RunningJob<Partial<CalibrationState>>,
  ): Promise<void> {
    const source = await openLiveSource();
    const kept = createPictureVariety(plan.leastDistance);
    variety = kept;
    report({ status: { kind: 'recording' }, sourceLabel: source.label });
    while (store.getState().pictures.length < plan.pictures) {
      const began = parts.now();
      await lookAt(source, plan, kept, signal);
      await parts.wait(Math.max(LEAST_WAIT_MS, plan.everyMs - (parts.now() - began)), signal);
    }
  }

  async function lookAt(
    source: FrameSource,
    plan: CalibrationPlan,
    kept: PictureVariety,
    signal: AbortSignal,
  ): Promise<void> {
    const { id, pixels } = await source.capture(signal);
    try {
      const { kept: isNew, nearest } = kept.offer(id, parts.signatureOf(pixels));
      if (!isNew) {
        store.setState(({ refused }) => ({ refused: refused + 1, lastDistance: nearest }));
        return;
      }
      const { width, height } = pixels;
      const blob = await parts.encode(pixels, plan.format);
      store.setState(({ pictures }) => ({
        pictures: [...pictures, { id, blob, width, height, nearest }],
        lastDistance: nearest,
        meanDistance: kept.meanDistance(),
      }));
    } finally {
      pixels.close();
    }
  }

  const job = parts.createJob({
    onStart: (plan) => store.setState({ ...NO_CALIBRATION, status: { kind: 'opening' }, plan }),
    work: record,
    onProgress: (change) => store.setState(change),
    onEnd: (outcome) => store.setState({ status: outcome.kind === 'failed' ? outcome : { kind: 'done' } }),
    problemFor: (detail) => ({ kind: 'source-unreachable', what: 'calibration set', detail }),
  });

  return {
    calibration: store,
    start: (plan) => void job.start(plan),
    stop: () => job.cancel(),
    remove(id) {
      variety?.remove(id);
      store.setState(({ pictures }) => ({
        pictures: pictures.filter((picture) => picture.id !== id),
        meanDistance: variety?.meanDistance() ?? null,
      }));
    },
    clear() {
      if (job.isRunning()) return;
      variety = null;
      store.setState(NO_CALIBRATION);
    },
    async save() {
      const set = store.getState();
      return { fileName: `calibration-set-${set.pictures.length}.zip`, blob: await parts.zip(set) };
    },
    close: () => job.cancel(),
  };
}

export interface CalibrationSession {
  readonly calibration: CalibrationStore;
  /**
   * Records from the live view's source and pauses the live view. Drops the current set. Does nothing while
   * recording.
   */
  start(plan: CalibrationPlan): void;
  /** The recorded pictures stay. */
  stop(): void;
  /** Removes one picture from the set; while recording, another replaces it. */
  remove(id: number): void;
  clear(): void;
  /**
   * A zip with the pictures, a script that quantises with them and a README with the commands.
   * @throws ProblemError export-failed
   */
  save(): Promise<ExportFile>;
  close(): void;
}
