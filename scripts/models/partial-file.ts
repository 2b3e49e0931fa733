/** The first part of a download on disk, with the validator that proves that the rest still matches. */
import { open, readFile, rename, rm, stat, writeFile, type FileHandle } from 'node:fs/promises';
import { z } from 'zod';

const stateSchema = z.strictObject({
  url: z.string(),
  /** Strong ETag or Last-Modified, as If-Range takes it. */
  validator: z.string(),
  totalBytes: z.int().nonnegative().nullable(),
});

export type PartialState = Readonly<z.infer<typeof stateSchema>>;

export class PartialFile {
  readonly path: string;
  private readonly statePath: string;

  /** @param target path of the finished download; the part is stored beside it. */
  constructor(target: string) {
    this.path = `${target}.part`;
    this.statePath = `${target}.part.json`;
  }

  /** The stored bytes and their state, if they come from `url` and can be continued; otherwise null. */
  async resumable(url: string): Promise<{ readonly bytes: number; readonly state: PartialState } | null> {
    try {
      const state = stateSchema.parse(JSON.parse(await readFile(this.statePath, 'utf8')));
      const { size } = await stat(this.path);
      return state.url === url && size > 0 ? { bytes: size, state } : null;
    } catch {
      return null;
    }
  }

  /** Opens it for writing from byte `from`; 0 discards the old content. @param state null if it cannot be continued. */
  async openAt(from: number, state: PartialState | null): Promise<FileHandle> {
    if (state === null) await rm(this.statePath, { force: true });
    else await writeFile(this.statePath, JSON.stringify(state));
    return open(this.path, from === 0 ? 'w' : 'a');
  }

  async size(): Promise<number> {
    return (await stat(this.path).catch(() => null))?.size ?? 0;
  }

  async discard(): Promise<void> {
    await rm(this.path, { force: true });
    await rm(this.statePath, { force: true });
  }

  async finish(target: string): Promise<void> {
    await rename(this.path, target);
    await rm(this.statePath, { force: true });
  }
}
