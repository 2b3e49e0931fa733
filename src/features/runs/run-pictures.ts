/** Turns stored label maps into the picture files of a bundle: the same frame for every run, in one style. */
import { placeName } from '../../domain/agent-description.ts';
import { legendOf } from '../../domain/labels/legend.ts';
import { rowOf, summariseRun } from '../../domain/measuring/run-summary.ts';
import { DURATIONS } from '../../domain/measuring/run-columns.ts';
import type { RunRecord } from '../../domain/measuring/run.ts';
import type { TimingRow } from '../../domain/measuring/timing-snapshot.ts';
import { labelMapPngBlob, overlayPngBlob } from '../../paint/label-map-png.ts';
import { drawReportPicture } from '../../paint/report-picture.ts';
import type { RunPictures } from '../../report/bundle.ts';
import { configurationLines } from '../../app/configuration.ts';
import type { ReportFrame } from './run-database.ts';
import type { RunPicture } from './run-history.ts';
import { runStyle } from './run-page.ts';

export interface BundlePictures {
  readonly pictures: readonly RunPictures[];
  /** Which frame they show, and which runs lack it; null without pictures. */
  readonly frameCaption: string | null;
}

const AT_A_TIME = 4;

/**
 * 1080 px wide, 160 dpi in the text width of an A4 page: at twice the CSS size, 12 sheets made a bundle of 58 MB, and
 * compressing them took most of its time.
 */
const SHEET_SCALE = 1.5;

/**
 * Pictures of the frame that most of the runs share; runs with another frame or none are excluded and counted.
 * @throws ProblemError screenshot-failed
 */
export async function drawRunPictures(
  runs: readonly RunRecord[],
  pictureOf: (id: string) => Promise<RunPicture | null>,
): Promise<BundlePictures> {
  const kept: { run: RunRecord; picture: RunPicture }[] = [];
  for (const run of runs) {
    const picture = await pictureOf(run.id);
    if (picture !== null) kept.push({ run, picture });
  }
  const frame = mostCommon(kept.map(({ picture }) => picture.frame));
  if (frame === null) return { pictures: [], frameCaption: null };
  const shown = kept.filter(({ picture }) => picture.frame.sha256 === frame.sha256);
  const pixels = await createImageBitmap(new Blob([frame.png], { type: 'image/png' }));
  try {
    const pictures: RunPictures[] = [];
    // A few at a time: the browser compresses PNGs in the background, but each sheet takes 13 MB until it is finished.
    for (let at = 0; at < shown.length; at += AT_A_TIME) {
      const some = shown.slice(at, at + AT_A_TIME);
      pictures.push(
        ...(await Promise.all(some.map(({ run, picture }) => drawnPictures(run, picture, pixels)))),
      );
    }
    return { pictures, frameCaption: captionOf(frame, runs.length - shown.length) };
  } finally {
    pixels.close();
  }
}

function mostCommon(frames: readonly ReportFrame[]): ReportFrame | null {
  const uses = ({ sha256 }: ReportFrame) => frames.filter((other) => other.sha256 === sha256).length;
  return frames.reduce<ReportFrame | null>(
    (best, frame) => (best === null || uses(frame) > uses(best) ? frame : best),
    null,
  );
}

function captionOf({ source, width, height, sha256 }: ReportFrame, missing: number): string {
  const which = `One frame of ${source}, ${width} x ${height}, the same for all (PNG SHA-256 ${sha256.slice(0, 12)})`;
  return missing === 0
    ? which
    : `${which}; ${missing} run${missing === 1 ? ' has' : 's have'} no picture of it`;
}

async function drawnPictures(
  run: RunRecord,
  { labelMap }: RunPicture,
  pixels: ImageBitmap,
): Promise<RunPictures> {
  const { segmenter } = run.configuration;
  const { modelName, inputSize } = segmenter;
  const style = runStyle(segmenter.classList);
  const summary = summariseRun(run);
  const verdict = run.validity.valid ? '' : ' [not valid]';
  const sheet = {
    title: `${modelName} on ${placeName(segmenter)}, ${inputSize} px${verdict}`,
    pixels,
    labelMap,
    style,
    legend: legendOf(labelMap, segmenter),
    rows: timingRows(run, summary),
    rates: { ...summary.rates, skipped: summary.rates.skipped ?? 0 },
    configurationLines: configurationLines(run.configuration),
  };
  const { width, height } = pixels;
  return {
    run,
    screenshot: await drawReportPicture(sheet, SHEET_SCALE),
    labelMap: labelMapPngBlob(labelMap, style.colormap),
    overlay: overlayPngBlob(labelMap, style, { width, height }),
  };
}

function timingRows(run: RunRecord, summary: ReturnType<typeof summariseRun>): readonly TimingRow[] {
  return DURATIONS.flatMap((key) => {
    const row = rowOf(summary, key);
    return row === null ? [] : [{ ...row, key, last: run.columns[key].at(-1) ?? NaN }];
  });
}
