/** The JSON schema of exported runs, as published beside the page. */
import { z } from 'zod';
import { runsFileSchema } from './runs-schema.ts';

/** Where the page publishes it, below its own address. */
export const RUNS_SCHEMA_PATH = 'schema/segscope-runs-1.json';

/**
 * JSON text, draft 2020-12; only the import checks the rules that a schema cannot express (equal lengths, unique ids).
 */
export function runsJsonSchema(): string {
  const schema = z.toJSONSchema(runsFileSchema, { target: 'draft-2020-12', io: 'input' });
  const described = {
    $schema: schema.$schema,
    title: 'Runs measured by Segscope, version 1',
    description:
      'Besides: all columns of a run have one length, ids are unique, and "valid" is true exactly when every check passed.',
    ...schema,
  };
  return `${JSON.stringify(described, null, 2)}\n`;
}
