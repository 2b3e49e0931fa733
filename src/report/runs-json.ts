/** Runs as JSON, and back: what one page exports, another reads without losing a digit. */
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

/** Which format a file claims to be, before anything else in it is believed. */
const claim = z.looseObject({ format: z.literal(RUNS_FORMAT), version: z.int().positive() });

/**
 * Reads an export of this version. Fields that the format does not have are refused by name: a figure that nobody
 * reads would otherwise be lost in silence.
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
