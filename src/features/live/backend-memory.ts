/** Remembers the fastest backend on this machine for each model and size, so that it is measured only once. */
import { isBackend, type Backend } from '../../domain/backend.ts';

export interface RememberedTrial {
  readonly backend: Backend;
  readonly threads: number | null;
  readonly medianMs: number;
  readonly device: string;
}

export interface BackendMemory {
  recall(key: TrialKey): readonly RememberedTrial[] | null;
  remember(key: TrialKey, trials: readonly RememberedTrial[]): void;
  forget(key: TrialKey): void;
}

/** What the choice depends on. The browser's version is included because drivers and engines change with it. */
export interface TrialKey {
  readonly modelId: string;
  readonly inputSize: number;
  readonly pipeline: string;
  readonly userAgent: string;
}

/** The number counts the possible candidates: results from a smaller choice are measured again. */
const PREFIX = 'segscope.fastest.3.';
const keyText = (key: TrialKey) =>
  `${PREFIX}${key.modelId}|${key.inputSize}|${key.pipeline}|${key.userAgent}`;

/** `storage` may throw (private windows, quota): then nothing is remembered, and everything else still works. */
export function createBackendMemory(
  storage: Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>,
): BackendMemory {
  return {
    recall(key) {
      try {
        const trials = parseTrials(JSON.parse(storage.getItem(keyText(key)) ?? 'null'));
        return trials.length === 0 ? null : trials;
      } catch {
        return null;
      }
    },
    remember(key, trials) {
      try {
        storage.setItem(keyText(key), JSON.stringify(trials));
      } catch {
        // If the storage is full or forbidden, the next visit only measures again.
      }
    },
    forget(key) {
      try {
        storage.removeItem(keyText(key));
      } catch {
        // See above.
      }
    },
  };
}

function parseTrials(json: unknown): RememberedTrial[] {
  return Array.isArray(json) ? json.filter(isTrial) : [];
}

function isTrial(value: unknown): value is RememberedTrial {
  if (typeof value !== 'object' || value === null) return false;
  const { backend, threads, medianMs, device } = value as Record<string, unknown>;
  return (
    typeof backend === 'string' &&
    isBackend(backend) &&
    (threads === null || Number.isInteger(threads)) &&
    typeof medianMs === 'number' &&
    Number.isFinite(medianMs) &&
    typeof device === 'string'
  );
}
