import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { expect, test } from 'vitest';
import { chosenPort, DEFAULT_PORT, portProblem } from './port.ts';

test('--port overrides PORT, and PORT overrides 4173', () => {
  expect(chosenPort(['--port', '5000'], '6000')).toBe(5000);
  expect(chosenPort([], '6000')).toBe(6000);
  expect(chosenPort([], undefined)).toBe(DEFAULT_PORT);
  expect(chosenPort([], '')).toBe(DEFAULT_PORT);
});

test.each(['0', '65536', '-1', '80.5', 'http', '1e3'])('refuses the port "%s"', (port) =>
  expect(() => chosenPort([`--port=${port}`], undefined)).toThrow(`"${port}" is not a port`),
);

test('refuses an unknown option', () =>
  expect(() => chosenPort(['--prot', '5000'], undefined)).toThrow(/Unknown option '--prot'/));

test('a busy port gives a sentence with a way out, a free one gives null', async () => {
  const other = createServer();
  const port = await new Promise<number>((resolve) => {
    other.listen(0, 'localhost', () => resolve((other.address() as AddressInfo).port));
  });
  expect(await portProblem(port)).toMatch(new RegExp(`^Port ${port} is in use: .*--port \\d+`));
  await new Promise((resolve) => other.close(resolve));
  expect(await portProblem(port)).toBeNull();
});
