/** Checksums of downloads whose publisher gives none: written down at the first fetch, and held to ever after. */
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { sha256 } from '../../src/catalogue/fields.ts';

const pinsSchema = z.record(z.string(), z.strictObject({ bytes: z.int(), sha256, firstFetched: z.string() }));

type Pins = z.infer<typeof pinsSchema>;

/** @param url the publisher's address, whichever mirror the file came from */
export async function pinnedSha256(folder: string, url: string): Promise<string | null> {
  return (await read(folder))[url]?.sha256 ?? null;
}

/** Keeps the first pin of an address. */
export async function pin(
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

/** Pins that were lost or damaged are none: the next fetch writes them anew. */
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
