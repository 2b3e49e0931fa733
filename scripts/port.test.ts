import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { expect, test } from 'vitest';
import { chosenPort, DEFAULT_PORT, portProblem } from './port.ts';

test('--port goes before PORT, PORT before 4173', () => {
  expect(chosenPort(['--port', '5000'], '6000')).toBe(5000);
  expect(chosenPort([], '6000')).toBe(6000);
  expect(chosenPort([], undefined)).toBe(DEFAULT_PORT);
  expect(chosenPort([], '')).toBe(DEFAULT_PORT);
});

test.each(['0', '65536', '-1', '80.5', 'http', '1e3'])('"%s" is no port', (port) =>
  expect(() => chosenPort([`--port=${port}`], undefined)).toThrow(`"${port}" is no port`),
);

test('an option that does not exist is refused', () =>
  expect(() => chosenPort(['--prot', '5000'], undefined)).toThrow(/Unknown option '--prot'/));

test('a busy port is named together with the way out, a free one is no problem', async () => {
  const other = createServer();
  const port = await new Promise<number>((resolve) => {
    other.listen(0, 'localhost', () => resolve((other.address() as AddressInfo).port));
  });
  expect(await portProblem(port)).toMatch(new RegExp(`^Port ${port} is in use: .*--port \\d+`));
  await new Promise((resolve) => other.close(resolve));
  expect(await portProblem(port)).toBeNull();
});
