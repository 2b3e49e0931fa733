import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { KNOWN_MODELS_FILE, knownModelsJson } from './known-models.ts';

test('known-models.json is what the catalogue says; npm run known-models brings it up to date', () =>
  expect(readFileSync(KNOWN_MODELS_FILE, 'utf8')).toBe(knownModelsJson()));
