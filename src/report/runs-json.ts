/** Runs as JSON, and back: one page reads another's export without losing a digit. */
import { z } from 'zod';
import { describeIssue } from '../catalogue/fields.ts';
import { ProblemError } from '../domain/problems/problem.ts';
import type { RunRecord } from '../domain/measuring/run.ts';
import { recordedRun, runOf } from '../domain/recorded-setup.ts';
import { RUNS_FORMAT, RUNS_VERSION, runsFileSchema } from './runs-schema.ts';

/** The whole of every run, frames included. @param date of the export */
export function runsJson(runs: readonly RunRecord[], date: Date): string {
  const head = { format: RUNS_FORMAT, version: RUNS_VERSION, exportedAt: date.toISOString() };
  const file = { ...head, runs: runs.map(recordedRun) };
  return `${JSON.stringify(file, null, 1)}\n`;
}

/** The format that a file claims, checked before anything else in it. */
const claim = z.looseObject({ format: z.literal(RUNS_FORMAT), version: z.int().positive() });

/**
 * Reads an export of this version. It refuses unknown fields by name, because it would otherwise lose their figures
 * silently.
 * @throws ProblemError runs-invalid, whose detail names the first wrong field; runs-newer for a later version
 */
export function parseRunsJson(text: string): readonly RunRecord[] {
  const json = parseJson(text);
  const claimed = claim.safeParse(json);
  if (!claimed.success) throw invalid(claimed.error);
  const { version } = claimed.data;
  if (version > RUNS_VERSION) throw new ProblemError({ kind: 'runs-newer', version: String(version) });
  const parsed = runsFileSchema.safeParse(json);
  if (!parsed.success) throw invalid(parsed.error);
  return parsed.data.runs.map(runOf);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new ProblemError({ kind: 'runs-invalid', detail: 'it is not JSON' }, { cause: error });
  }
}

function invalid(error: z.ZodError): ProblemError {
  return new ProblemError({ kind: 'runs-invalid', detail: describeIssue(error) }, { cause: error });
}
