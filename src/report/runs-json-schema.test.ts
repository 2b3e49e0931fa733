import { readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, test } from 'vitest';
import { makeAgentRun, makeDoubleRun, makeRun, NO_EVENTS } from '../domain/testing/run-record.ts';
import { RUNS_SCHEMA_PATH, runsJsonSchema } from './runs-json-schema.ts';
import { runsJson } from './runs-json.ts';

const published = readFileSync(new URL(`../../public/${RUNS_SCHEMA_PATH}`, import.meta.url), 'utf8');
// The patterns of zod are stricter than the named formats, which ajv checks only with another package.
const validate = new Ajv2020({ strict: true, validateFormats: false }).compile(
  JSON.parse(published) as Record<string, unknown>,
);
const DATE = new Date('2026-11-22T15:00:00Z');
const exported = () =>
  JSON.parse(
    runsJson(
      [
        makeRun({ seed: 1 }),
        makeAgentRun({ seed: 3 }),
        makeDoubleRun({ seed: 4 }),
        makeRun({ seed: 2, frames: 0, events: { ...NO_EVENTS, endedEarly: 'cancelled' } }),
      ],
      DATE,
    ),
  ) as { runs: [Record<string, unknown>]; version: number };

describe('the published JSON schema', () => {
  test('is the one that the page checks with (else: npx tsx scripts/write-schema.ts)', () =>
    expect(published).toBe(runsJsonSchema()));

  test('accepts an export in an independent validator', () => {
    expect(validate(exported())).toBe(true);
    expect(validate.errors).toBeNull();
  });

  test('refuses a missing field, an unknown field, a wrong type and another version', () => {
    const broken = [exported(), exported(), exported(), exported()] as const;
    Reflect.deleteProperty(broken[0].runs[0], 'cold');
    broken[1].runs[0]['powerWatts'] = 3.1;
    broken[2].runs[0]['startedAt'] = 'yesterday';
    broken[3].version = 2;
    expect(broken.map((file) => validate(file))).toEqual([false, false, false, false]);
  });
});
