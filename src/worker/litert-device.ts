/** Starts LiteRT.js on as many threads as are worth it here, and says what that is. */
import type { Backend } from '../domain/backend.ts';
import { ProblemError } from '../domain/problem.ts';
import { messageOf } from './failure.ts';
import { loadLitertLibrary } from './litert-library.ts';
import type { LitertLibrary } from './litert-library.ts';
import { LITERT_VERSION } from './litert-version.ts';
import { logicalCores, processorName, threadsFor } from './processor.ts';
import type { RunningDevice } from './running-backend.ts';

export interface LitertDevice {
  readonly library: LitertLibrary;
  /** For instance "LiteRT.js 2.5.3". */
  readonly name: string;
  readonly facts: RunningDevice['facts'];
}

/**
 * @param threads null for as many as are worth it wherever nothing was measured.
 * @throws ProblemError backend-unavailable
 */
export async function startLitertDevice(backend: Backend, threads: number | null): Promise<LitertDevice> {
  const cores = logicalCores();
  const library = await loadLitertLibrary(threads ?? threadsFor(cores)).catch((error: unknown) => {
    throw new ProblemError(
      { kind: 'backend-unavailable', backend, detail: messageOf(error) },
      { cause: error },
    );
  });
  const facts = {
    backend,
    device: processorName(cores),
    softwareRendered: false,
    simd: true,
    threads: library.threads,
    float16Textures: null,
  };
  return { library, name: `LiteRT.js ${LITERT_VERSION}`, facts };
}
