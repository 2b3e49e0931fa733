import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { LITERT_VERSION } from './litert-device.ts';

test('descriptions name the installed version of LiteRT.js', () => {
  const { version } = JSON.parse(
    readFileSync(new URL('../../node_modules/@litertjs/core/package.json', import.meta.url), 'utf8'),
  ) as { version: string };
  expect(LITERT_VERSION).toBe(version);
});
