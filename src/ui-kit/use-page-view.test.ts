import { expect, test } from 'vitest';
import { pageViewOf } from './use-page-view.ts';

test('#/runs is the Runs view, with or without a plan', () =>
  expect(['#/runs', '#/runs?plan=1.abc', '#/runs/'].map(pageViewOf)).toEqual(['runs', 'runs', 'runs']));

test('#/evaluate is the Evaluate view', () =>
  expect(['#/evaluate', '#/evaluate/', '#/evaluate?a=b'].map(pageViewOf)).toEqual(
    Array.from({ length: 3 }, () => 'evaluate'),
  ));

test('every other address is the live view', () =>
  expect(
    ['', '#', '#/live', '#/live?source=sample:a', '#/runsome', '#/runs-', '#/elsewhere'].map(pageViewOf),
  ).toEqual(Array.from({ length: 7 }, () => 'live')));
