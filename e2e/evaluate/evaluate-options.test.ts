import { describe, expect, test } from 'vitest';
import { readEvaluateOptions } from './evaluate-options.ts';

const folders = ['--images', 'src', '--masks', 'e2e'];

describe('the command line of an evaluation', () => {
  test('pads pictures on wasm unless told otherwise', () => {
    expect(readEvaluateOptions(folders)).toMatchObject({
      images: 'src',
      masks: 'e2e',
      backend: 'wasm',
      preprocessing: 'native',
      list: null,
      limit: null,
      build: true,
    });
    expect(readEvaluateOptions([...folders, '--preprocess', 'fit', '--no-build'])).toMatchObject({
      preprocessing: 'fit',
      build: false,
    });
  });

  test.each([
    [[], '--images is missing'],
    [['--images', 'src'], '--masks is missing'],
    [['--images', 'nowhere', '--masks', 'e2e'], '--images nowhere is no folder'],
    [[...folders, '--list', 'src'], '--list src is no file'],
    [[...folders, '--backend', 'tpu'], '--backend tpu is unknown'],
    [[...folders, '--preprocess', 'stretch'], '--preprocess stretch is unknown'],
    [[...folders, '--limit', '0'], '--limit 0 is not a whole number'],
    [[...folders, '--size', 'large'], '--size large is not a whole number'],
    [[...folders, '--colour', 'red'], '--colour'],
  ])('%j is refused with one sentence', (argv, sentence) => {
    expect(() => readEvaluateOptions(argv)).toThrow(sentence);
  });
});
