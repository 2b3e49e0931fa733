import { describe, expect, test } from 'vitest';
import { readCommand, USAGE } from './command.ts';
import { idFor, mainPath, nameFor } from './import-files.ts';
import { ModelsError } from './models-problem.ts';

const problemOf = (...argv: string[]) => {
  try {
    readCommand(argv);
  } catch (error) {
    if (error instanceof ModelsError) return error.problem;
    throw error;
  }
  throw new Error('It was understood.');
};

describe('readCommand', () => {
  test('reads every command with its options', () => {
    expect(readCommand(['list', '--json'])).toEqual({ kind: 'list', json: true });
    expect(readCommand(['get', 'x65', '--from', '/media/usb', '--weights', 'float16', '--no-check'])).toEqual(
      {
        kind: 'get',
        id: 'x65',
        from: '/media/usb',
        weights: 'float16',
        check: false,
        json: false,
      },
    );
    expect(readCommand(['remove', 'x65'])).toEqual({ kind: 'remove', id: 'x65', json: false });
    expect(readCommand(['import', 'model.json', 'a.bin', '--id', 'mine', '--name', 'My net'])).toEqual({
      kind: 'import',
      paths: ['model.json', 'a.bin'],
      id: 'mine',
      name: 'My net',
      weights: 'float32',
      check: true,
      json: false,
    });
  });

  test.each([[], ['help'], ['--help'], ['get', '--help']])('shows the help for %j', (...argv) =>
    expect(readCommand(argv).kind).toBe('help'),
  );

  test.each([
    ['an unknown command', ['fetch', 'x'], /no command "fetch"/],
    ['an unknown option', ['list', '--verbose'], /--verbose/],
    ['get without an id', ['get'], /needs the id/],
    ['get with two ids', ['get', 'a', 'b'], /needs the id/],
    ['import without a file', ['import'], /needs the file/],
    ['list with an id', ['list', 'a'], /takes nothing else/],
    ['unknown weights', ['import', 'a.pb', '--weights', 'int4'], /--weights int4/],
    ['an option of another command', ['remove', 'a', '--from', '/x'], /--from belongs to get/],
    ['an empty name', ['import', 'a.pb', '--name', ' '], /--name is empty/],
  ])('refuses %s', (_, argv, sentence) => {
    const problem = problemOf(...argv);
    expect(problem.kind === 'usage' && problem.detail).toMatch(sentence);
  });

  test.each([
    ['get', '../x'],
    ['get', '/etc/passwd'],
    ['remove', '..'],
    ['remove', 'a/../b'],
    ['remove', 'C:\\models'],
  ])('%s refuses the path "%s" as an id', (command, id) =>
    expect(problemOf(command, id)).toEqual({ kind: 'id-invalid', id }),
  );

  test('import refuses a path as an id', () =>
    expect(problemOf('import', 'a.pb', '--id', '../a').kind).toBe('id-invalid'));

  test.each([
    'list',
    'get',
    'remove',
    'import',
    '--from',
    '--id',
    '--name',
    '--weights',
    '--no-check',
    '--json',
  ])('the help documents %s', (word) => expect(USAGE).toMatch(new RegExp(`^ +${word}\\b`, 'm')));
});

describe('the name of an imported model', () => {
  test.each([
    ['nets/my_net.pb', 'my_net'],
    ['deeplabv3_pascal_2018.tar.gz', 'deeplabv3_pascal_2018'],
    ['zoo/mine/model.json', 'mine'],
    ['mine/frozen_inference_graph.pb', 'mine'],
    ['model.json', 'model'],
  ])('of %s is %s', (path, name) => expect(nameFor(path)).toBe(name));

  test('is never that of a shard', () =>
    expect(mainPath(['zoo/a/group1-shard1of2.bin', 'zoo/a/model.json'])).toBe('zoo/a/model.json'));

  test('gives an unused id', () => expect(idFor('my_net.pb', new Set(['own-my-net']))).toBe('own-my-net-2'));
});
