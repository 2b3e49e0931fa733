import { expect, test } from 'vitest';
import { readGoldenJson } from '../../../scripts/testing/golden.ts';
import { recordedRunChoice } from '../../domain/recorded-setup.ts';
import { parseAgentAddress } from '../../agent-link/agent-address.ts';
import { readSettings } from '../../app/settings.ts';
import { planFromHash, planToHash } from '../../report/share-link.ts';

interface Links {
  readonly plans: readonly { readonly hash: string; readonly plan: unknown; readonly alsoWritten: boolean }[];
  readonly live: readonly {
    readonly hash: string;
    /** The settings of the last visit. */
    readonly stored: string | null;
    readonly settings: unknown;
  }[];
  readonly agents: readonly { readonly text: string; readonly agent: unknown }[];
}

const { plans, live, agents } = readGoldenJson('links.json') as Links;

test.each(plans)('the link of a plan is read: $hash', ({ hash, plan }) => {
  const read = planFromHash(hash);
  expect(read === null ? null : { ...read, choices: read.choices.map(recordedRunChoice) }).toEqual(plan);
});

test.each(plans.filter(({ alsoWritten }) => alsoWritten))(
  'a plan becomes the same link again: $hash',
  (link) => {
    const plan = planFromHash(link.hash);
    expect(plan === null ? null : planToHash(plan)).toBe(link.hash);
  },
);

test.each(live)('the link of the live view is read over the stored settings $stored: $hash', (link) => {
  const { wanted, ...settings } = readSettings(link.hash, link.stored);
  const { modelId, inputSize, pipeline, place } = wanted;
  expect({ ...settings, wanted: { modelId, backend: place.backend, inputSize, pipeline } }).toEqual(
    link.settings,
  );
});

test.each(agents)('the address of an agent is read: $text', ({ text, agent }) => {
  expect(parseAgentAddress(text)).toEqual(agent);
});
