import { expect, test } from 'vitest';
import { testAreas, testsOfArea } from './test-areas.ts';

const FILES = [
  'agent/src/server.test.ts',
  'e2e/contract/agent-contract.test.ts',
  'e2e/bad-input.spec.ts',
  'e2e/import.spec.ts',
  'e2e/live-agent.spec.ts',
  'e2e/live.spec.ts',
  'e2e/runs.spec.ts',
  'src/domain/measuring/run-summary.test.ts',
  'src/features/live/live-session.test.ts',
  'src/features/live/ui/Stage.browser.test.tsx',
  'src/features/runs/run-plan.test.ts',
  'src/model-import/half-float.test.ts',
];

test('an area has the unit, browser and end-to-end tests of its feature', () => {
  expect(testsOfArea('live', FILES)).toEqual([
    'e2e/live-agent.spec.ts',
    'e2e/live.spec.ts',
    'src/features/live/live-session.test.ts',
    'src/features/live/ui/Stage.browser.test.tsx',
  ]);
});

test('singular and plural name the same area', () => {
  const runs = [
    'e2e/runs.spec.ts',
    'src/domain/measuring/run-summary.test.ts',
    'src/features/runs/run-plan.test.ts',
  ];
  expect(testsOfArea('runs', FILES)).toEqual(runs);
  expect(testsOfArea('run', FILES)).toEqual(runs);
});

test('an area matches whole words, so "port" does not find "import"', () => {
  expect(testsOfArea('import', FILES)).toEqual(['e2e/import.spec.ts', 'src/model-import/half-float.test.ts']);
  expect(testsOfArea('model-import', FILES)).toEqual(['src/model-import/half-float.test.ts']);
  expect(() => testsOfArea('port', FILES)).toThrow();
});

test('an unknown area is refused in one sentence that lists all areas', () => {
  expect(() => testsOfArea('lives-elsewhere', FILES)).toThrow(
    'There are no tests of "lives-elsewhere"; choose one of agent, bad-input, contract, domain, import, live, model-import, runs.',
  );
});

test('the areas are the folders and the specs that are not variants of another', () => {
  expect(testAreas(FILES)).toEqual([
    'agent',
    'bad-input',
    'contract',
    'domain',
    'import',
    'live',
    'model-import',
    'runs',
  ]);
});
