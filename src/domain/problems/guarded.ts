import { ProblemError, problemOf, type Problem } from './problem.ts';

/** Rejects only with a ProblemError. @param otherwise as for problemOf() */
export async function guarded<T>(
  otherwise: (detail: string, error: unknown) => Problem,
  work: () => Promise<T>,
): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw error instanceof ProblemError
      ? error
      : new ProblemError(problemOf(error, otherwise), { cause: error });
  }
}
