/** Exports results as files to save; loaded on first use. */
import type { EvaluationResult } from '../../domain/accuracy/evaluation.ts';
import { ProblemError, problemOf } from '../../domain/problems/problem.ts';
import { evaluationCsv, evaluationJson, evaluationMarkdown } from '../../report/evaluation-files.ts';
import type { EvaluationFormat } from './evaluation-session.types.ts';
import type { ExportFile } from '../runs/public.ts';

/** @throws ProblemError export-failed */
export function exportResults(
  results: readonly EvaluationResult[],
  format: EvaluationFormat,
  date: Date,
): readonly ExportFile[] {
  try {
    return [fileOf(results, format, date)];
  } catch (error) {
    const problem = problemOf(error, (detail) => ({ kind: 'export-failed', what: format, detail }));
    throw new ProblemError(problem, { cause: error });
  }
}

function fileOf(results: readonly EvaluationResult[], format: EvaluationFormat, date: Date): ExportFile {
  switch (format) {
    case 'json':
      return file('accuracy.json', 'application/json', evaluationJson(results, date), date);
    case 'csv':
      return file('accuracy.csv', 'text/csv', evaluationCsv(results), date);
    case 'markdown':
      return file('accuracy.md', 'text/markdown', evaluationMarkdown(results), date);
  }
}

/** "segscope_2026-11-22T13-45-00Z_accuracy.csv": valid on every file system. */
export function file(name: string, type: string, content: string, date: Date): ExportFile {
  const time = `${date.toISOString().slice(0, 19).replaceAll(':', '-')}Z`;
  return { fileName: `segscope_${time}_${name}`, blob: new Blob([content], { type }) };
}
