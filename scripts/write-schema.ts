/** Writes the published JSON schema of exported runs, from the definition that the page validates with. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { RUNS_SCHEMA_PATH, runsJsonSchema } from '../src/report/runs-json-schema.ts';

const file = new URL(`../public/${RUNS_SCHEMA_PATH}`, import.meta.url);
mkdirSync(new URL('.', file), { recursive: true });
writeFileSync(file, runsJsonSchema());
console.log(`Wrote public/${RUNS_SCHEMA_PATH}.`);
