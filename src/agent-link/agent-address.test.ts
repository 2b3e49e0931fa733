import { expect, test } from 'vitest';
import { isLoopback, parseAgentAddress, socketUrl } from './agent-address.ts';

test.each([
  ['localhost', 'localhost:8590', null],
  [' pi.local:9000 ', 'pi.local:9000', null],
  ['ws://10.0.0.7:8590/agent', '10.0.0.7:8590', null],
  ['http://localhost:8590/pi.html#token=0123456789AB', 'localhost:8590', '0123456789AB'],
  ['http://localhost:80/pi.html', 'localhost:80', null],
  ['[::1]:8590', '[::1]:8590', null],
  ['[::1]', '[::1]:8590', null],
])('"%s" is the agent at %s', (text, address, code) =>
  expect(parseAgentAddress(text)).toEqual({ address, code }),
);

test.each(['', '  ', 'http://', 'pi local', 'ftp://pi.local', 'localhost:99999'])(
  'refuses "%s" with a sentence',
  (text) => expect(() => parseAgentAddress(text)).toThrow(/is not the address of an agent/),
);

test('2.1 the socket is ws://HOST:PORT/agent', () =>
  expect(socketUrl('localhost:8590')).toBe('ws://localhost:8590/agent'));

test('only this machine counts as loopback', () => {
  expect(['localhost:1', 'a.localhost:1', '127.0.0.1:1', '[::1]:1'].every(isLoopback)).toBe(true);
  expect(['pi.local:1', '10.0.0.7:1', 'localhost.example:1'].some(isLoopback)).toBe(false);
});
