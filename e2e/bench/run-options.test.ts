import { describe, expect, test } from 'vitest';
import { FULL_TARGET, QUICK_TARGET } from '../../src/domain/measuring/run.ts';
import { browserSetup } from '../../src/domain/setup.ts';
import { readRunOptions } from './run-options.ts';

const read = (line: string) => readRunOptions(line.split(' ').filter((word) => word !== ''));

describe('the options of a run', () => {
  test('combines every model with every backend, size, pipeline and source', () => {
    const { plan } = read(
      '--run quick --models a,b --backends wasm,cpu --sizes 257,513 --source sample:x,moving:y',
    );
    expect(plan.choices).toHaveLength(2 * 2 * 2 * 1 * 2);
    expect(plan.choices[0]).toEqual({ setup: browserSetup('a', 257, 'wasm'), sourceKey: 'sample:x' });
    expect(new Set(plan.choices.map((choice) => JSON.stringify(choice))).size).toBe(plan.choices.length);
  });

  test('gives quick, full and own plans their targets', () => {
    expect(read('--run quick').plan.target).toEqual(QUICK_TARGET);
    expect(read('--run full').plan.target).toEqual(FULL_TARGET);
    expect(read('--run own --frames 7 --seconds 3 --warm-up 0').plan.target).toEqual({
      frames: 7,
      seconds: 3,
      warmUpFrames: 0,
    });
  });

  test('replay records the source once and uses it for every configuration', () => {
    const { plan } = read('--run quick --replay 30 --source moving:chelsea --models a,b');
    expect(plan).toMatchObject({ replayFrames: 30, replaySourceKey: 'moving:chelsea' });
    expect(plan.choices.map(({ sourceKey }) => sourceKey)).toEqual(['replay', 'replay']);
  });

  test('output files are null unless requested', () =>
    expect(read('--run quick --csv a.csv').files).toEqual({
      json: null,
      csv: 'a.csv',
      markdown: null,
      latex: null,
      bundle: null,
    }));

  test.each([
    ['--run soon', /--run soon is unknown: use quick, full or own/],
    ['--run quick --backends gpu', /--backends gpu is unknown/],
    ['--run quick --pipelines fast', /--pipelines fast is unknown/],
    ['--run quick --sizes 256.5', /--sizes 256.5/],
    ['--run own --frames 0', /--frames 0/],
    ['--run quick --replay 5 --source a,b', /records from one --source/],
    ['--run quick --sources a', /--sources/],
  ])('%s is refused with a sentence that names it', (line, sentence) =>
    expect(() => read(line)).toThrow(sentence),
  );
});
