import { gzipSync } from 'fflate';
import { packTar } from 'modern-tar';
import { describe, expect, test } from 'vitest';
import { ProblemError } from '../domain/problem.ts';
import { unpackArchive } from './unpack-archive.ts';

const bytes = (text: string) => new Uint8Array(new TextEncoder().encode(text));

async function tar(...paths: string[]): Promise<Uint8Array<ArrayBuffer>> {
  const entries = paths.map((name) => ({
    header: { name, size: name.length, type: 'file' as const },
    body: name,
  }));
  return new Uint8Array(await packTar(entries));
}

const pathsIn = async (archive: Uint8Array<ArrayBuffer>, path = 'net.tar.gz') =>
  (await unpackArchive({ path, bytes: archive })).map((file) => file.path);

const kindOf = async (promise: Promise<unknown>) => {
  const error: unknown = await promise.then(
    () => null,
    (reason: unknown) => reason,
  );
  return error instanceof ProblemError ? error.problem.kind : error;
};

describe('unpackArchive', () => {
  test('takes the frozen graph out of a .tar and a .tar.gz, and leaves the checkpoint', async () => {
    const archive = await tar('net/model.ckpt.index', 'net/frozen_inference_graph.pb', 'net/other.bin');
    expect(await pathsIn(archive)).toEqual(['net/frozen_inference_graph.pb']);
    expect(await pathsIn(new Uint8Array(gzipSync(archive)))).toEqual(['net/frozen_inference_graph.pb']);
  });

  test('takes the .tflite of an 8-bit network, not the float graph that imitates it', async () => {
    const archive = await tar('net/frozen_inference_graph.pb', 'net/frozen_inference_graph.tflite');
    expect(await pathsIn(archive)).toEqual(['net/frozen_inference_graph.tflite']);
  });

  test('takes a model.json with its shards', async () => {
    expect(await pathsIn(await tar('README.md', 'model.json', 'group1-shard1of1.bin'))).toEqual([
      'model.json',
      'group1-shard1of1.bin',
    ]);
  });

  test('hands back what is no archive as it is', async () => {
    const file = { path: 'net.pb', bytes: bytes('no tar') };
    expect(await unpackArchive(file)).toEqual([file]);
  });

  test('refuses an archive without a network', async () => {
    expect(await kindOf(pathsIn(await tar('README.md')))).toBe('import-not-a-model');
  });

  test('refuses a .gz that was cut off or damaged', async () => {
    const whole = new Uint8Array(gzipSync(await tar('frozen_inference_graph.pb')));
    expect(await kindOf(pathsIn(whole.slice(0, whole.length - 20)))).toBe('import-damaged');
    const damaged = Uint8Array.from(whole, (byte, at) => (at > 12 && at < 40 ? byte ^ 0xff : byte));
    expect(await kindOf(pathsIn(damaged))).toBe('import-damaged');
  });
});
