/** The one way in which a .tflite file is turned away: a Problem whose detail names the field or operator. */
import { ProblemError } from '../../domain/problems/problem.ts';

/** Stands for the file until somebody who knows its name asks again, see namingFile(). */
const ANY_FILE = 'the .tflite file';

/** @throws ProblemError model-invalid */
export function refuse(detail: string): never {
  throw new ProblemError({ kind: 'model-invalid', modelId: ANY_FILE, detail });
}

/** Runs `read` and puts the file's or model's own name into what it refuses. */
export function namingFile<T>(name: string, read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof ProblemError) || error.problem.kind !== 'model-invalid') throw error;
    throw new ProblemError({ ...error.problem, modelId: name }, { cause: error });
  }
}
