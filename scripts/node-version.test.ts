import { expect, test } from 'vitest';
import { nodeVersionProblem } from './node-version.ts';

test.each(['20.19.0', '20.20.2', '22.12.0', '24.0.0'])('Node %s is supported', (version) =>
  expect(nodeVersionProblem(version)).toBeNull(),
);

test.each(['16.20.2', '18.20.8', '20.18.3', '21.7.3', '22.11.0'])(
  'Node %s is refused, with its version and the next step',
  (version) =>
    expect(nodeVersionProblem(version)).toMatch(new RegExp(`this is Node ${version}: install a newer one`)),
);
