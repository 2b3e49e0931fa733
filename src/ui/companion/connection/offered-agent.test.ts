import { expect, test } from 'vitest';
import { USUAL_AGENT, offeredAddresses, offeredCode } from './offered-agent.ts';

test('the address that the agent printed fills in its code and offers its own origin first', () => {
  const printed = { host: 'raspberrypi.local:8590', hash: '#token=0123456789AB' };
  expect(offeredCode(printed.hash)).toBe('0123456789AB');
  expect(offeredAddresses(printed)).toEqual(['raspberrypi.local:8590', USUAL_AGENT]);
});

test('a page from elsewhere offers an agent on this machine first', () => {
  expect(offeredCode('')).toBe('');
  expect(offeredAddresses({ host: 'localhost:4173', hash: '' })).toEqual([USUAL_AGENT, 'localhost:4173']);
});

test('an agent that served the page at its usual address is offered once', () => {
  expect(offeredAddresses({ host: USUAL_AGENT, hash: '#token=A' })).toEqual([USUAL_AGENT]);
});

test("a page at an agent's usual port offers its own origin first, also without a code", () => {
  const bookmarked = { host: 'raspberrypi.local:8590', hash: '' };
  expect(offeredAddresses(bookmarked)).toEqual(['raspberrypi.local:8590', USUAL_AGENT]);
});
