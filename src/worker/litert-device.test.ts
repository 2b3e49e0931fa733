import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { LITERT_VERSION } from './litert-device.ts';

test('the version that descriptions name is the version that is installed', () => {
  const { version } = JSON.parse(
    readFileSync(new URL('../../node_modules/@litertjs/core/package.json', import.meta.url), 'utf8'),
  ) as { version: string };
  expect(LITERT_VERSION).toBe(version);
});
