/** The report bundle: one zip with report, tables, charts, pictures, environment and checksums. */
import { strToU8, zipSync, type Zippable } from 'fflate';
import { isOnAgent } from '../domain/agent-description.ts';
import type { RunRecord } from '../domain/measuring/run.ts';
import { modelFiles } from './condition-tables.ts';
import { latencySvg } from './latency-svg.ts';
import { legendsOf } from './legend-svg.ts';
import { reportHtml, type ReportPicture } from './report-html.ts';
import { reportTables } from './report-tables.ts';
import { runFiles, TEXT_FORMATS } from './run-files.ts';
import { labelRuns } from './run-label.ts';
import { stageBarsSvg } from './stage-bars-svg.ts';

/** The pictures that a run made of the chosen frame, as PNG files. */
export interface RunPictures {
  readonly run: RunRecord;
  /** Picture, overlay, legend, stage table and configuration. */
  readonly screenshot: Blob;
  /** Palette PNG: its values are class indices. */
  readonly labelMap: Blob;
  /** With alpha, without the picture below. */
  readonly overlay: Blob;
}

export interface BundleParts {
  readonly runs: readonly RunRecord[];
  /** All of the same frame; runs without pictures are reported without them. */
  readonly pictures: readonly RunPictures[];
  /** Which frame it is, for instance "sample: astronaut, frame 1"; null without pictures. */
  readonly frameCaption: string | null;
  readonly date: Date;
  /** Draws an SVG as PNG; see run-export.ts. */
  readonly toPng: (svg: string) => Promise<Blob>;
}

/** PNG is already compressed, and so is a page full of PNGs: deflating 12 MB again took 2 s here and gained little. */
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

/** Every chart of a report, by file name without its extension. */
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

/** "01_segscope-mnv2-257_wasm_257": valid on every file system, and unique per run. */
function folderOf({ configuration: { segmenter } }: RunRecord, order: number): string {
  const safe = segmenter.modelId.replace(/[^A-Za-z0-9.-]+/g, '-').slice(0, 60);
  const place = isOnAgent(segmenter) ? `tflite-${segmenter.deviceUsed}` : segmenter.backend;
  return [String(order).padStart(2, '0'), safe, place, String(segmenter.inputSize)].join('_');
}

async function bytesOf(blob: Blob): Promise<Uint8Array<ArrayBuffer>> {
  return new Uint8Array(await blob.arrayBuffer());
}

/** `sha256sum -c` checks them in a folder that contains one folder per model id; "*" means read as bytes. */
export function checksumFile(runs: readonly RunRecord[]): string {
  return modelFiles(runs)
    .map(({ modelId, path, sha256 }) => checksumLine(sha256, `${modelId}/${path}`))
    .join('');
}

/** A name with a line break or backslash is escaped, and its line begins with a backslash (GNU coreutils manual). */
function checksumLine(sha256: string, name: string): string {
  const escaped = name.replaceAll('\\', '\\\\').replaceAll('\n', '\\n').replaceAll('\r', '\\r');
  return `${escaped === name ? '' : '\\'}${sha256} *${escaped}\n`;
}

/** Where the runs were measured: every distinct page, browser and device, with the ids of its runs. JSON. */
function environmentJson(runs: readonly RunRecord[], date: Date): string {
  const environments = new Map<string, { environment: Environment; runs: string[] }>();
  for (const run of runs) {
    const environment = environmentOf(run);
    const key = JSON.stringify(environment);
    const known = environments.get(key) ?? { environment, runs: [] };
    known.runs.push(run.id);
    environments.set(key, known);
  }
  const file = {
    writtenAt: date.toISOString(),
    environments: [...environments.values()].map(({ environment, runs: ids }) => ({
      ...environment,
      runs: ids,
    })),
  };
  return `${JSON.stringify(file, null, 2)}\n`;
}

type Environment = ReturnType<typeof environmentOf>;

function environmentOf({ configuration }: RunRecord) {
  const { segmenter } = configuration;
  return {
    segscopeVersion: configuration.segscopeVersion,
    userAgent: configuration.userAgent,
    hardwareConcurrency: configuration.hardwareConcurrency,
    crossOriginIsolated: configuration.crossOriginIsolated,
    runtime: segmenter.runtime,
    backend: segmenter.backend,
    device: segmenter.device,
    softwareRendered: segmenter.softwareRendered,
    simd: segmenter.simd,
    threads: segmenter.threads,
    float16Textures: segmenter.float16Textures,
    agent: isOnAgent(segmenter)
      ? {
          address: segmenter.agentAddress,
          deviceAsked: segmenter.deviceAsked,
          deviceUsed: segmenter.deviceUsed,
          ...segmenter.machine,
        }
      : null,
  };
}

const DIGITS = new TextEncoder().encode('ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/');
const PADDING = '='.charCodeAt(0);

/**
 * Writes Base64 into bytes and decodes it at once. btoa() needs a string with one character per byte, and building that
 * string took 1 s for 12 MB on two cores; this takes 0.15 s.
 * @param type MIME type, for instance "image/png"
 */
export function dataAddress(bytes: Uint8Array, type: string): string {
  const encoded = new Uint8Array(4 * Math.ceil(bytes.length / 3));
  for (let from = 0, to = 0; from < bytes.length; from += 3, to += 4) {
    const [first, second, third] = [bytes[from], bytes[from + 1], bytes[from + 2]];
    const three = ((first ?? 0) << 16) | ((second ?? 0) << 8) | (third ?? 0);
    encoded[to] = DIGITS[three >> 18] as number;
    encoded[to + 1] = DIGITS[(three >> 12) & 63] as number;
    encoded[to + 2] = second === undefined ? PADDING : (DIGITS[(three >> 6) & 63] as number);
    encoded[to + 3] = third === undefined ? PADDING : (DIGITS[three & 63] as number);
  }
  return `data:${type};base64,${new TextDecoder().decode(encoded)}`;
}
