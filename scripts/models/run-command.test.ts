import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { ProblemError } from '../../src/domain/problems/problem.ts';
import type { Command } from './command.ts';
import { readCommand } from './command.ts';
import type { Folders } from './folders.ts';
import type { ListedModel } from './list-text.ts';
import { ModelsError } from './models-problem.ts';
import { ProgressLine } from './progress-line.ts';
import { runCommand } from './run-command.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const shippedModels = join(root, 'public/models');
/** Published files are not part of the repository; tests that need them are skipped without them. */
const coral = join(root, '../shared/models/coral');

let top = '';
let folders: Folders;

beforeEach(() => {
  top = mkdtempSync(join(tmpdir(), 'segscope-models-command-'));
  folders = {
    shipped: join(top, 'shipped'),
    models: join(top, 'models'),
    downloads: join(top, 'downloads'),
    samples: join(root, 'public/samples'),
  };
  for (const folder of [folders.shipped, folders.models]) mkdirSync(folder);
  copyFileSync(join(shippedModels, 'catalogue.json'), join(folders.shipped, 'catalogue.json'));
});
afterEach(() => rmSync(top, { recursive: true, force: true }));

async function run(...argv: string[]): Promise<{ said: readonly string[]; answered: unknown }> {
  const said: string[] = [];
  let answered: unknown = null;
  const command: Command = readCommand(argv);
  await runCommand(command, {
    folders,
    now: () => new Date('2026-11-22T18:00:00Z'),
    pause: () => Promise.resolve(),
    stallMs: 5000,
    progress: new ProgressLine({ write: () => true }, () => 0),
    say: (line) => said.push(line),
    answer: (result) => {
      answered = result;
    },
  });
  return { said, answered };
}

const kindOf = async (promise: Promise<unknown>) => {
  const error: unknown = await promise.then(
    () => null,
    (reason: unknown) => reason,
  );
  if (error instanceof ModelsError || error instanceof ProblemError) return error.problem.kind;
  throw error instanceof Error ? error : new Error('It did not fail.');
};

describe('list', () => {
  test('gives every model of the catalogue with its state, licence and publisher’s address', async () => {
    const listed = (await run('list', '--json')).answered as readonly ListedModel[];
    const { models } = JSON.parse(readFileSync(join(folders.shipped, 'catalogue.json'), 'utf8')) as {
      models: readonly unknown[];
    };
    expect(listed).toHaveLength(models.length);
    expect(listed.find(({ id }) => id === 'xception65_coco_voc_trainval')).toMatchObject({
      state: 'absent',
      licence: 'Apache-2.0',
      url: expect.stringMatching(/deeplabv3_pascal_trainval_2018_01_04\.tar\.gz$/) as string,
    });
  });

  test('never prints an accuracy without its conditions', async () => {
    const { said } = await run('list');
    const accuracies = said.filter((line) => line.includes('mean IoU'));
    expect(accuracies.length).toBeGreaterThan(8);
    for (const line of accuracies) expect(line).toMatch(/ on (VOC|Cityscapes|ADE20K) (val|test) \(.+/);
  });
});

describe('get', () => {
  test('of an unknown model suggests similar ids', async () => {
    const error: unknown = await run('get', 'mobilnetv2_ade20k_train').catch((reason: unknown) => reason);
    expect(error instanceof ModelsError && error.problem).toEqual({
      kind: 'id-unknown',
      id: 'mobilnetv2_ade20k_train',
      nearest: ['mobilenetv2_ade20k_train'],
    });
  });

  test('of the embedded model says that it is part of Segscope', async () => {
    expect(await kindOf(run('get', 'segscope-mnv2-257'))).toBe('shipped');
  });

  test('of an archive without a network installs nothing', async () => {
    mkdirSync(join(top, 'usb'));
    writeFileSync(join(top, 'usb/deeplabv3_mnv2_ade20k_train_2018_12_03.tar.gz'), 'no archive');
    expect(await kindOf(run('get', 'mobilenetv2_ade20k_train', '--from', join(top, 'usb')))).toMatch(
      /^import-/,
    );
    expect(readdirSync(folders.models)).toEqual([]);
  });

  test('leaves a folder of that name alone that was placed by hand, before downloading anything', async () => {
    mkdirSync(join(folders.models, 'mobilenetv2_ade20k_train'));
    expect(await kindOf(run('get', 'mobilenetv2_ade20k_train', '--from', '/nowhere'))).toBe('placed-by-hand');
  });

  test.skipIf(!existsSync(coral))(
    'installs a .tflite with its Edge TPU twin, unchanged, and lists it (skipped without ../shared)',
    async () => {
      const id = 'deeplabv3_mnv2_dm05_pascal_quant';
      const { said } = await run('get', id, '--from', coral);
      expect(said.join('\n')).toContain('the page proves it');
      for (const name of [`${id}.tflite`, `${id}_edgetpu.tflite`]) {
        const installed = readFileSync(join(folders.models, id, name));
        expect(installed.equals(readFileSync(join(coral, name)))).toBe(true);
      }
      const listed = (await run('list', '--json')).answered as readonly ListedModel[];
      expect(listed.find((model) => model.id === id)).toMatchObject({ state: 'here', runtime: 'litert' });
      expect(readdirSync(folders.downloads)).toEqual([]);
      expect(await kindOf(run('get', id))).toBe('already-installed');
      await run('remove', id);
      expect(readdirSync(folders.models)).toEqual([]);
    },
  );
});

describe('import', () => {
  const graph = join(shippedModels, 'segscope-mnv2-257/tfjs/model_autopad.json');

  test('of a .tflite installs it under its own name', async () => {
    const path = join(shippedModels, 'segscope-mnv2-257/tflite/segscope-mnv2-257-int8.tflite');
    const { answered } = await run('import', path, '--name', 'Mine', '--json');
    expect(answered).toMatchObject({ entry: { id: 'own-segscope-mnv2-257-int8', name: 'Mine' } });
    const listed = (await run('list', '--json')).answered as readonly ListedModel[];
    expect(listed.at(-1)).toMatchObject({ id: 'own-segscope-mnv2-257-int8', state: 'here' });
  });

  test('of a model.json without its shards says what is missing, and installs nothing', async () => {
    expect(await kindOf(run('import', graph))).toMatch(/^import-/);
    expect(readdirSync(folders.models)).toEqual([]);
  });

  test('of a missing file names it', async () => {
    expect(await kindOf(run('import', join(top, 'none.pb')))).toBe('file-unreadable');
  });

  test('never takes the id of a model of the catalogue', async () => {
    expect(await kindOf(run('import', graph, '--id', 'mobilenetv2_ade20k_train'))).toBe('id-catalogued');
  });
});

describe('remove', () => {
  test('refuses the embedded model', async () => {
    expect(await kindOf(run('remove', 'segscope-mnv2-257'))).toBe('shipped');
    expect(await kindOf(run('remove', 'segscope-mnv2-257-uint8'))).toBe('shipped');
  });

  test('refuses a zoo model that was placed by hand', async () => {
    const placed = join(folders.models, 'mobilenetv2_coco_voc_trainval');
    mkdirSync(placed);
    writeFileSync(join(placed, 'model.json'), '{}');
    expect(await kindOf(run('remove', 'mobilenetv2_coco_voc_trainval'))).toBe('placed-by-hand');
    expect(existsSync(join(placed, 'model.json'))).toBe(true);
  });
});
