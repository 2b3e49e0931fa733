/**
 * One measurement at a time in all tabs of this address: two would contend for the cores and both be wrong. A Web Lock
 * (https://www.w3.org/TR/web-locks/), so that it ends with its tab, crashed or closed.
 */
import { ProblemError } from '../domain/problems/problem.ts';

export interface MeasuringLease {
  /** Resolves when the next one may measure: at once would be too early. May be called twice. */
  release(): Promise<void>;
}

/** @throws ProblemError measuring-elsewhere */
export type ClaimMeasuring = () => Promise<MeasuringLease>;

const NAME = 'segscope.measuring';
const NO_LEASE: MeasuringLease = { release: () => Promise.resolve() };

/** @param locks undefined on plain http from another machine, where browsers give none: nothing is refused then */
export function createMeasuringLock(
  locks: Pick<LockManager, 'request'> | undefined,
  name = NAME,
): ClaimMeasuring {
  return () =>
    new Promise((resolve, reject) => {
      if (locks === undefined) {
        resolve(NO_LEASE);
        return;
      }
      const held = locks.request(name, { ifAvailable: true }, (lock) => {
        if (lock === null) {
          reject(new ProblemError({ kind: 'measuring-elsewhere' }));
          return;
        }
        return new Promise<void>((end) =>
          resolve({
            async release() {
              end();
              await held;
            },
          }),
        );
      });
      held.catch(() => {
        // A page without an origin of its own (a sandboxed frame) shares nothing with any other.
        resolve(NO_LEASE);
      });
    });
}
