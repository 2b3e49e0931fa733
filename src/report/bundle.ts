/** The report bundle: one zip with report, tables, charts, pictures, environment and checksums. */
import { strToU8, zipSync, type Zippable } from 'fflate';
import { isOnAgent } from '../domain/agent-description.ts';
import type { RunRecord } from '../domain/measuring/run.ts';
import { checksumFile } from './checksums.ts';
import { dataAddress } from './data-address.ts';
import { environmentJson } from './environment.ts';
import { latencySvg } from './latency-svg.ts';
import { legendsOf } from './legend-svg.ts';
import { reportHtml, type ReportPicture } from './report-html.ts';
import { reportTables } from './report-tables.ts';
import { labelRuns } from './run-label.ts';
import { runFiles, TEXT_FORMATS } from './run-files.ts';
import { stageBarsSvg } from './stage-bars-svg.ts';

/** What a run made of the chosen frame, as PNG files. */
export interface RunPictures {
  readonly run: RunRecord;
  /** Picture, overlay, legend, stage table and configuration. */
  readonly screenshot: Blob;
  /** Palette PNG: its values are class indices. */
  readonly labelMap: Blob;
  /** With alpha, without the picture. */
  readonly overlay: Blob;
}

export interface BundleParts {
  readonly runs: readonly RunRecord[];
  /** Of the same frame all; runs without any are reported without. */
  readonly pictures: readonly RunPictures[];
  /** Which frame that is, for instance "sample: astronaut, frame 1"; null without pictures. */
  readonly frameCaption: string | null;
  readonly date: Date;
  /** Draws an SVG as PNG; see svg-png.ts. */
  readonly toPng: (svg: string) => Promise<Blob>;
}

/** PNG is compressed already, and so is a page full of it: deflating 12 MB again took 2 s here and gained little. */
const STORED = { level: 0 } as const;

/** A zip file. @throws ProblemError export-failed when a chart cannot be drawn */
export async function reportBundle(parts: BundleParts): Promise<Blob> {
  const { runs, date } = parts;
  const files: Zippable = {};
  const tables = reportTables(runs);
  const texts = TEXT_FORMATS.flatMap((format) => runFiles(runs, format, date, tables));
  for (const { fileName, content } of texts) files[`tables/${fileName}`] = strToU8(content);
  for (const { name, svg } of charts(runs)) {
    files[`charts/${name}.svg`] = strToU8(svg);
    files[`charts/${name}.png`] = [await bytesOf(await parts.toPng(svg)), STORED];
  }
  const pictures: ReportPicture[] = [];
  for (const { run, screenshot, labelMap, overlay } of parts.pictures) {
    const folder = `pictures/${folderOf(run, runs.indexOf(run) + 1)}`;
    const bytes = await bytesOf(screenshot);
    files[`${folder}/screenshot.png`] = [bytes, STORED];
    files[`${folder}/labels.png`] = [await bytesOf(labelMap), STORED];
    files[`${folder}/overlay.png`] = [await bytesOf(overlay), STORED];
    pictures.push({
      run,
      title: 'picture, overlay, legend and stages',
      address: dataAddress(bytes, 'image/png'),
    });
  }
  files['environment.json'] = strToU8(environmentJson(runs, date));
  files['models.sha256'] = strToU8(checksumFile(runs));
  files['report.html'] = [strToU8(reportHtml({ ...parts, pictures }, tables)), STORED];
  return new Blob([zipSync(files, { mtime: date })], { type: 'application/zip' });
}

/** Every chart of a report, by file name without its ending. */
export function charts(
  runs: readonly RunRecord[],
): readonly { readonly name: string; readonly svg: string }[] {
  const labels = labelRuns(runs);
  return [
    { name: 'stages', svg: stageBarsSvg(runs, labels) },
    ...runs.map((run, i) => ({
      name: `latency-${folderOf(run, i + 1)}`,
      svg: latencySvg(run, labels, i + 1),
    })),
    ...legendsOf(runs),
  ];
}

/** "01_segscope-mnv2-257_wasm_257": no file system minds it, and no two runs share it. */
function folderOf({ configuration: { segmenter } }: RunRecord, order: number): string {
  const safe = segmenter.modelId.replace(/[^A-Za-z0-9.-]+/g, '-').slice(0, 60);
  const place = isOnAgent(segmenter) ? `tflite-${segmenter.deviceUsed}` : segmenter.backend;
  return [String(order).padStart(2, '0'), safe, place, String(segmenter.inputSize)].join('_');
}

async function bytesOf(blob: Blob): Promise<Uint8Array<ArrayBuffer>> {
  return new Uint8Array(await blob.arrayBuffer());
}
