/** Segments the frames of the live source with two configurations, and publishes where they agree. */
import type { FrameSource } from '../../capture/frame-source.ts';
import type { Colormap } from '../../domain/labels/colormap.ts';
import type { AnyDescription } from '../../domain/agent-description.ts';
import { differenceMap } from '../../domain/labels/label-swaps.ts';
import type { PictureSignature } from '../../domain/labels/picture-signature.ts';
import { ProblemError } from '../../domain/problems/problem.ts';
import type { OverlayPainter } from '../../paint/overlay-painter.ts';
import type { OverlayStyle } from '../../paint/overlay-style.ts';
import { agreementCsv, agreementJson } from '../../report/agreement-files.ts';
import type { OpenSegmenter } from '../../segmentation/open-segmenter.ts';
import type { Segmentation, Segmenter } from '../../segmentation/segmenter.ts';
import {
  createAgreementStore,
  type AgreementPlan,
  type AgreementStatus,
  type AgreementStore,
} from './agreement-store.ts';
import { createAgreementMeter, type AgreementMeter } from './agreement-meter.ts';
import { file } from './evaluation-export.ts';
import type { CreateJob, RunningJob } from '../../app/job.ts';
import type { ExportFile } from '../runs/public.ts';

export interface AgreementParts {
  readonly createJob: CreateJob;
  /** ms, monotonic. */
  readonly now: () => number;
  readonly date: () => Date;
  readonly openSegmenter: OpenSegmenter;
  readonly signatureOf: (pixels: ImageBitmap) => PictureSignature;
  readonly openPainter: (canvas: HTMLCanvasElement) => OverlayPainter;
}

const PUBLISH_EVERY_MS = 400;

/** A colour that no VOC class uses. */
const DIFFERS = [255, 0, 200] as const;
const COLORMAP: Colormap = [[0, 0, 0], DIFFERS];
const STYLE: OverlayStyle = {
  opacity01: 0.75,
  outlines: false,
  background: false,
  isolatedClass: null,
  colormap: COLORMAP,
};

export function createAgreementSession(parts: AgreementParts): AgreementSession {
  const store = createAgreementStore();
  let painter: OverlayPainter | null = null;

  async function compare(
    plan: AgreementPlan,
    { signal, report, openLiveSource }: RunningJob<AgreementStatus>,
  ): Promise<never> {
    const opened: Segmenter<AnyDescription>[] = [];
    const load = async (side: 'first' | 'second') => {
      report({ kind: 'loading', plan, side });
      const segmenter = await parts.openSegmenter(plan[side], signal);
      opened.push(segmenter);
      return segmenter;
    };
    try {
      const [first, second] = [await load('first'), await load('second')];
      if (first.description.classList !== second.description.classList) {
        throw new ProblemError({
          kind: 'classes-differ',
          first: first.description.modelName,
          second: second.description.modelName,
        });
      }
      report({ kind: 'loading', plan, side: 'source' });
      const source = await openLiveSource();
      report({ kind: 'running', plan });
      const meter = createAgreementMeter(first.description, second.description, source.label);
      try {
        return await frames(source, [first, second], meter, signal);
      } finally {
        store.setState({ reading: meter.reading() });
      }
    } finally {
      await Promise.all(opened.map((segmenter) => segmenter.close()));
    }
  }

  /** Ends only when the signal aborts. */
  async function frames(
    source: FrameSource,
    [first, second]: readonly [Segmenter<AnyDescription>, Segmenter<AnyDescription>],
    meter: AgreementMeter,
    signal: AbortSignal,
  ): Promise<never> {
    let published = -Infinity;
    for (;;) {
      const frame = await source.capture(signal);
      const atMs = parts.now();
      const signature = parts.signatureOf(frame.pixels);
      const one = await first.segment(frame, signal);
      const other = await second.segment(one.frame, signal);
      meter.push(one.labelMap, other.labelMap, signature, atMs);
      show(one, other);
      if (atMs - published < PUBLISH_EVERY_MS) continue;
      published = atMs;
      store.setState({ reading: meter.reading() });
    }
  }

  function show(one: Segmentation, other: Segmentation): void {
    const { pixels } = other.frame;
    if (painter === null) pixels.close();
    else painter.paint(pixels, differenceMap(one.labelMap, other.labelMap), STYLE);
  }

  const job = parts.createJob({
    onStart: (plan) => store.setState({ status: { kind: 'loading', plan, side: 'first' }, reading: null }),
    work: compare,
    onProgress: (status) => store.setState({ status }),
    onEnd: (outcome, plan) =>
      store.setState({ status: outcome.kind === 'failed' ? outcome : { kind: 'stopped', plan } }),
    problemFor: (detail) => ({ kind: 'inference-failed', detail }),
  });

  return {
    agreement: store,
    start: (plan) => void job.start(plan),
    stop: () => job.cancel(),
    attachCanvas(canvas) {
      painter?.close();
      painter = canvas === null ? null : parts.openPainter(canvas);
    },
    exportReading(format) {
      const { reading } = store.getState();
      if (reading === null) return null;
      const date = parts.date();
      return format === 'csv'
        ? file('agreement.csv', 'text/csv', agreementCsv(reading), date)
        : file('agreement.json', 'application/json', agreementJson(reading, date), date);
    },
    close() {
      job.cancel();
      painter?.close();
      painter = null;
    },
  };
}

export type AgreementFormat = 'csv' | 'json';

export interface AgreementSession {
  readonly agreement: AgreementStore;
  /** Opens both on the live view's source and pauses the live view. Does nothing while running. */
  start(plan: AgreementPlan): void;
  /** Stops after the frame in flight; the readings stay. */
  stop(): void;
  /** The canvas that shows the picture and marks the pixels where the two differ; null detaches it. */
  attachCanvas(canvas: HTMLCanvasElement | null): void;
  /** The readings so far; null before the first frame. */
  exportReading(format: AgreementFormat): ExportFile | null;
  close(): void;
}
