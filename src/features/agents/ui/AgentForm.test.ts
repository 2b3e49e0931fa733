import { expect, test } from 'vitest';
import { DEFAULT_AGENT, offeredAddresses } from './AgentForm.tsx';

test('a page on the default agent port offers its own origin first', () =>
  expect(offeredAddresses('raspberrypi.local:8590')).toEqual(['raspberrypi.local:8590', DEFAULT_AGENT]));

test('any other page offers an agent on this machine first', () =>
  expect(offeredAddresses('localhost:4173')).toEqual([DEFAULT_AGENT, 'localhost:4173']));

test('offers an agent that served the page at the default address once', () =>
  expect(offeredAddresses(DEFAULT_AGENT)).toEqual([DEFAULT_AGENT]));
