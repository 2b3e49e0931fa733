import {
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
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { install, uninstall } from './installation.ts';
import { fileSystemProblem, ModelsError } from './models-problem.ts';
import { makeDescription } from './testing/description.ts';

let models = '';

beforeEach(() => {
  models = mkdtempSync(join(tmpdir(), 'segscope-install-'));
});
afterEach(() => rmSync(models, { recursive: true, force: true }));

const bytes = new Uint8Array([1, 2, 3]);
const files = [
  { path: 'model.json', bytes },
  { path: 'published/model.json', bytes },
];

const kindOf = async (promise: Promise<unknown>) => {
  const error: unknown = await promise.then(
    () => null,
    (reason: unknown) => reason,
  );
  if (error instanceof ModelsError) return error.problem.kind;
  throw error instanceof Error ? error : new Error('It did not fail.');
};

describe('install', () => {
  test('puts every file and the description into the folder of the id', async () => {
    const folder = await install(models, files, makeDescription('mine'));
    expect(folder).toBe(join(models, 'mine'));
    expect(readdirSync(models)).toEqual(['mine']);
    expect([...readFileSync(join(folder, 'published/model.json'))]).toEqual([1, 2, 3]);
    expect(JSON.parse(readFileSync(join(folder, 'segscope-model.json'), 'utf8'))).toEqual(
      makeDescription('mine'),
    );
  });

  test('that fails halfway leaves nothing, and removes the leftovers of a killed one', async () => {
    mkdirSync(join(models, '.installing-mine'));
    writeFileSync(join(models, '.installing-mine/model.json'), 'left over');
    // A file cannot be a folder too: the second write fails.
    const clash = [files[0], { path: 'model.json/inner', bytes }].filter((file) => file !== undefined);
    await expect(install(models, clash, makeDescription('mine'))).rejects.toThrow();
    expect(readdirSync(models)).toEqual([]);
  });

  test('never overwrites a model or files placed by hand', async () => {
    await install(models, files, makeDescription('mine'));
    expect(await kindOf(install(models, files, makeDescription('mine')))).toBe('already-installed');
    mkdirSync(join(models, 'placed'));
    writeFileSync(join(models, 'placed/model.json'), 'by hand');
    expect(await kindOf(install(models, files, makeDescription('placed')))).toBe('placed-by-hand');
    expect(readFileSync(join(models, 'placed/model.json'), 'utf8')).toBe('by hand');
  });
});

describe('uninstall', () => {
  test('deletes everything that install() wrote', async () => {
    await install(models, files, makeDescription('mine'));
    await uninstall(models, 'mine');
    expect(readdirSync(models)).toEqual([]);
  });

  test.each([
    ['without a description', null],
    ['with a damaged one', '{"version":1'],
    ['with the description of another folder', JSON.stringify(makeDescription('other'))],
  ])('refuses a folder %s', async (_, text) => {
    mkdirSync(join(models, 'theirs'));
    writeFileSync(join(models, 'theirs/model.json'), 'theirs');
    if (text !== null) writeFileSync(join(models, 'theirs/segscope-model.json'), text);
    expect(await kindOf(uninstall(models, 'theirs'))).toBe('placed-by-hand');
    expect(existsSync(join(models, 'theirs/model.json'))).toBe(true);
  });

  test('says that a model is not installed', async () => {
    expect(await kindOf(uninstall(models, 'nobody'))).toBe('not-installed');
  });

  test.each(['..', '../other', '/etc', 'a/b', 'a\\b', '.hidden', '', '.', 'a\0b', '-rf'])(
    'refuses the path "%s" as an id',
    async (id) => {
      expect(await kindOf(uninstall(models, id))).toBe('id-invalid');
    },
  );
});

describe('an error of the file system', () => {
  const failure = (code: string) => Object.assign(new Error(code), { code });

  test.each([
    ['ENOSPC', 'disk-full'],
    ['EDQUOT', 'disk-full'],
    ['EACCES', 'not-writable'],
    ['EROFS', 'not-writable'],
  ])('as %s is reported as %s', (code, kind) => {
    const problem = fileSystemProblem(failure(code), 'models/mine');
    expect(problem instanceof ModelsError && problem.problem).toMatchObject({
      kind,
      folder: 'models/mine',
    });
  });

  test('about anything else is passed on unchanged', () => {
    const other = failure('EISDIR');
    expect(fileSystemProblem(other, 'models/mine')).toBe(other);
  });
});
