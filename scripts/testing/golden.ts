/** Golden files for tests that run in Node; golden/README.md says what they are and when they may change. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect } from 'vitest';

/** Tests run in the root of the repository, so that they can move without a change here. */
const FOLDER = 'golden';

export function readGolden(name: string): string {
  return readFileSync(join(FOLDER, 'read', name), 'utf8');
}

/** @returns the parsed JSON, as the type given by the test */
export function readGoldenJson(name: string): unknown {
  return JSON.parse(readGolden(name));
}

/** Byte for byte; UPDATE_GOLDEN=1 writes the file instead. */
export function expectWritten(name: string, content: string): void {
  const path = join(FOLDER, 'written', name);
  if (process.env['UPDATE_GOLDEN'] === '1') {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, content);
  }
  expect(content).toBe(readFileSync(path, 'utf8'));
}
