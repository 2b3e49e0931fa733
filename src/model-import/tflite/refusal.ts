/** Refuses a .tflite file with a Problem whose detail names the field or operator. */
import { ProblemError } from '../../domain/problems/problem.ts';

/** A placeholder that namingFile() replaces with the name of the file. */
const ANY_FILE = 'the .tflite file';

/** @throws ProblemError model-invalid */
export function refuse(detail: string): never {
  throw new ProblemError({ kind: 'model-invalid', modelId: ANY_FILE, detail });
}

/** Runs `read` and puts the name of the file or model into its refusals. */
export function namingFile<T>(name: string, read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof ProblemError) || error.problem.kind !== 'model-invalid') throw error;
    throw new ProblemError({ ...error.problem, modelId: name }, { cause: error });
  }
}
