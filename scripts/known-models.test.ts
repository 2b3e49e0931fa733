import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { KNOWN_MODELS_FILE, knownModelsJson } from './known-models.ts';

test('known-models.json matches the catalogue; npm run known-models updates it', () =>
  expect(readFileSync(KNOWN_MODELS_FILE, 'utf8')).toBe(knownModelsJson()));
