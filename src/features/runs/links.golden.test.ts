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
    /** The stored settings from the last visit. */
    readonly stored: string | null;
    readonly settings: unknown;
  }[];
  readonly agents: readonly { readonly text: string; readonly agent: unknown }[];
}

const { plans, live, agents } = readGoldenJson('links.json') as Links;

test.each(plans)('reads the link of a plan: $hash', ({ hash, plan }) => {
  const read = planFromHash(hash);
  expect(read === null ? null : { ...read, choices: read.choices.map(recordedRunChoice) }).toEqual(plan);
});

test.each(plans.filter(({ alsoWritten }) => alsoWritten))(
  'writes the same link for a plan: $hash',
  (link) => {
    const plan = planFromHash(link.hash);
    expect(plan === null ? null : planToHash(plan)).toBe(link.hash);
  },
);

test.each(live)('reads the link of the live view over the stored settings $stored: $hash', (link) => {
  const { wanted, ...settings } = readSettings(link.hash, link.stored);
  const { modelId, inputSize, pipeline, place } = wanted;
  expect({ ...settings, wanted: { modelId, backend: place.backend, inputSize, pipeline } }).toEqual(
    link.settings,
  );
});

test.each(agents)('reads the address of an agent: $text', ({ text, agent }) => {
  expect(parseAgentAddress(text)).toEqual(agent);
});
