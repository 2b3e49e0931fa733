/** Three pictures of the same moment: the report picture, the label map with its indices, and the overlay alone. */
import type { FrameSource } from '../../capture/frame-source.ts';
import { isOnAgent, placeName, type AnyDescription } from '../../domain/agent-description.ts';
import { legendOf } from '../../domain/labels/legend.ts';
import { ProblemError } from '../../domain/problems/problem.ts';
import type { TimingSnapshot } from '../../domain/measuring/timing-snapshot.ts';
import { screenshotFileName } from '../../paint/file-name.ts';
import { labelMapPngBlob, overlayPngBlob } from '../../paint/label-map-png.ts';
import type { Painted } from '../../paint/overlay-painter.ts';
import type { OverlayStyle } from '../../paint/overlay-style.ts';
import { drawReportPicture } from '../../paint/report-picture.ts';
import type { LiveSegmenter } from '../../segmentation/agent-segmenter.ts';
import { configurationLines, configurationOf } from '../../app/configuration.ts';

export interface ScreenshotFile {
  readonly fileName: string;
  readonly blob: Blob;
  /** Its name for the user: "report picture", "label map", "overlay". */
  readonly title: string;
}

/** Three pictures of one frame. */
export interface Screenshot {
  readonly report: ScreenshotFile;
  readonly labelMap: ScreenshotFile;
  readonly overlay: ScreenshotFile;
}

export interface ScreenshotParts {
  readonly painted: Painted | null;
  readonly segmenter: LiveSegmenter | null;
  readonly source: FrameSource | null;
  readonly snapshot: TimingSnapshot;
  readonly style: OverlayStyle;
}

/** @throws ProblemError screenshot-failed if nothing has been painted yet, or nothing runs that it could name */
export async function takeScreenshot(parts: ScreenshotParts): Promise<Screenshot> {
  const { painted, segmenter, source, snapshot, style } = parts;
  if (painted === null || segmenter === null || source === null) {
    throw new ProblemError({ kind: 'screenshot-failed', detail: 'no model is running on a picture' });
  }
  const configuration = configurationOf<AnyDescription>(segmenter, source);
  const date = new Date(configuration.date);
  const { modelId, modelName } = segmenter.description;
  const backend = isOnAgent(segmenter.description)
    ? segmenter.description.deviceUsed
    : segmenter.description.backend;
  const file = (kind: string, title: string, blob: Blob): ScreenshotFile => ({
    fileName: screenshotFileName({ modelId, backend, date, kind }),
    title,
    blob,
  });
  // A copy of the bitmap: the painter closes its own with the next frame, long before the report is drawn.
  const pixels = await createImageBitmap(painted.pixels);
  const { labelMap } = painted;
  try {
    const report = await drawReportPicture({
      title: `${modelName} on ${placeName(segmenter.description)}`,
      pixels,
      labelMap,
      style,
      legend: legendOf(labelMap, segmenter.description),
      rows: snapshot.rows,
      rates: snapshot.rates,
      configurationLines: configurationLines(configuration),
    });
    const size = { width: pixels.width, height: pixels.height };
    return {
      report: file('report', 'report picture', report),
      labelMap: file('labels', 'label map', labelMapPngBlob(labelMap, style.colormap)),
      overlay: file('overlay', 'overlay', overlayPngBlob(labelMap, style, size)),
    };
  } catch (error) {
    const detail = error instanceof Error ? error.message : String(error);
    throw new ProblemError({ kind: 'screenshot-failed', detail }, { cause: error });
  } finally {
    pixels.close();
  }
}
