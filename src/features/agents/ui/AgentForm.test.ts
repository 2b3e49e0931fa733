import { expect, test } from 'vitest';
import { USUAL_AGENT, offeredAddresses } from './AgentForm.tsx';

test("a page at an agent's usual port offers its own origin first", () =>
  expect(offeredAddresses('raspberrypi.local:8590')).toEqual(['raspberrypi.local:8590', USUAL_AGENT]));

test('a page from elsewhere offers an agent on this machine first', () =>
  expect(offeredAddresses('localhost:4173')).toEqual([USUAL_AGENT, 'localhost:4173']));

test('an agent that served the page at its usual address is offered once', () =>
  expect(offeredAddresses(USUAL_AGENT)).toEqual([USUAL_AGENT]));
