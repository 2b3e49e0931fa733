/** The files of a catalogued model: from its publisher, a mirror, or a given folder. */
import { copyFile, mkdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { CatalogueEntry, ModelDownload } from '../../src/catalogue/catalogue.ts';
import { sha256OfFile } from './checksum.ts';
import { download, type Downloaded, type DownloadOptions } from './download.ts';
import { fileSystemProblem, ModelsError } from './models-problem.ts';
import { z } from 'zod';
import { sha256 } from '../../src/catalogue/fields.ts';

export interface FetchOptions {
  /** Folder of unfinished downloads and pins. */
  readonly downloads: string;
  /** Folder or address that holds the files under their publisher's names; null for the publisher. */
  readonly from: string | null;
  readonly stallMs: number;
  readonly pause: DownloadOptions['pause'];
  readonly onProgress: (fileName: string, receivedBytes: number, totalBytes: number | null) => void;
  readonly now: () => Date;
}

export interface FetchedFile extends Downloaded {
  readonly fileName: string;
  readonly downloadedFrom: string;
}

interface Wanted {
  readonly url: string;
  readonly mirrors: readonly string[];
  readonly bytes: number | null;
  readonly sha256: string | null;
}

/**
 * Fetches the model file and its Edge TPU twin, if it has one.
 * @throws ModelsError shipped, no-source, and those of download()
 */
export async function fetchModel(
  entry: CatalogueEntry,
  options: FetchOptions,
): Promise<readonly FetchedFile[]> {
  const source = entry.download;
  if (source === null) throw new ModelsError({ kind: 'shipped', id: entry.id });
  const wanted = [source, ...twinOf(entry, source)];
  const fetched: FetchedFile[] = [];
  for (const file of wanted) fetched.push(await fetchFile(entry.id, file, options));
  return fetched;
}

function twinOf({ edgeTpuTwin, files }: CatalogueEntry, { url, mirrors }: ModelDownload): readonly Wanted[] {
  if (edgeTpuTwin === null) return [];
  const listed = files.find(({ path }) => path === edgeTpuTwin);
  const beside = (address: string) => new URL(edgeTpuTwin, address).href;
  return [
    {
      url: beside(url),
      mirrors: mirrors.map(beside),
      bytes: listed?.bytes ?? null,
      sha256: listed?.sha256 ?? null,
    },
  ];
}

async function fetchFile(id: string, wanted: Wanted, options: FetchOptions): Promise<FetchedFile> {
  const { downloads, from, stallMs, pause, onProgress, now } = options;
  const fileName = fileNameOf(wanted.url);
  const sha256 = wanted.sha256 ?? (await pinnedSha256(downloads, wanted.url));
  const target = join(downloads, fileName);
  const places = from === null ? [wanted.url, ...wanted.mirrors] : [placeIn(from, fileName)];
  const failures: ModelsError[] = [];
  for (const place of places) {
    try {
      const file = isAddress(place)
        ? await download(place, target, {
            bytes: wanted.bytes,
            sha256,
            stallMs,
            pause,
            onProgress: (received, total) => onProgress(fileName, received, total ?? wanted.bytes),
          })
        : await copy(place, target, sha256);
      // A local file may be repacked, so only the publisher's own addresses may set a checksum.
      if (from === null) await pin(downloads, wanted.url, file, now());
      return { ...file, fileName, downloadedFrom: place };
    } catch (error) {
      if (!(error instanceof ModelsError) || !mayHelp(error)) throw error;
      failures.push(error);
    }
  }
  const [only, ...more] = failures;
  if (only !== undefined && more.length === 0) throw only;
  throw new ModelsError({ kind: 'no-source', id, reasons: failures.map(({ message }) => message) });
}

/** Another address does not help with a full disk, and an interrupted download is resumed, not restarted. */
function mayHelp({ problem: { kind } }: ModelsError): boolean {
  return kind !== 'disk-full' && kind !== 'not-writable' && kind !== 'broken-off';
}

/** As a local folder, or as an address if `from` is one. */
function placeIn(from: string, fileName: string): string {
  if (!isAddress(from)) return join(from, fileName);
  return new URL(fileName, from.endsWith('/') ? from : `${from}/`).href;
}

async function copy(path: string, target: string, expected: string | null): Promise<Downloaded> {
  const found = await stat(path).catch(() => null);
  if (found?.isFile() !== true) {
    throw new ModelsError({ kind: 'file-unreadable', path, detail: 'there is no such file' });
  }
  const sha256 = await sha256OfFile(path);
  if (expected !== null && sha256 !== expected) {
    throw new ModelsError({
      kind: 'other-file',
      url: path,
      expectedSha256: expected,
      actualSha256: sha256,
    });
  }
  try {
    await mkdir(join(target, '..'), { recursive: true });
    await rm(target, { force: true });
    await copyFile(path, target);
  } catch (error) {
    throw fileSystemProblem(error, target);
  }
  return { path: target, bytes: found.size, sha256 };
}

function fileNameOf(url: string): string {
  return new URL(url).pathname.split('/').at(-1) ?? 'download';
}

function isAddress(place: string): boolean {
  return /^https?:\/\//.test(place);
}

const pinsSchema = z.record(z.string(), z.strictObject({ bytes: z.int(), sha256, firstFetched: z.string() }));

type Pins = z.infer<typeof pinsSchema>;

/** @param url the publisher's address, whichever mirror the file came from */
async function pinnedSha256(folder: string, url: string): Promise<string | null> {
  return (await read(folder))[url]?.sha256 ?? null;
}

/** Keeps the first pin of an address. */
async function pin(
  folder: string,
  url: string,
  file: { readonly bytes: number; readonly sha256: string },
  now: Date,
): Promise<void> {
  const pins = await read(folder);
  if (pins[url] !== undefined) return;
  pins[url] = { bytes: file.bytes, sha256: file.sha256, firstFetched: now.toISOString() };
  await mkdir(folder, { recursive: true });
  await writeFile(pathIn(folder), `${JSON.stringify(pins, null, 2)}\n`);
}

/** Lost or damaged pins are ignored: the next fetch writes them again. */
async function read(folder: string): Promise<Pins> {
  try {
    return pinsSchema.parse(JSON.parse(await readFile(pathIn(folder), 'utf8')));
  } catch {
    return {};
  }
}

function pathIn(folder: string): string {
  return join(folder, 'pins.json');
}
