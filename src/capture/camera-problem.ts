/** What a refusal of getUserMedia means to a person. */
import type { Problem } from '../domain/problems/problem.ts';

/**
 * Names by https://www.w3.org/TR/mediacapture-streams/#dom-mediadevices-getusermedia; an unknown one counts as busy,
 * because "close other programs, try again" is then the best advice there is.
 */
export function cameraProblem(error: unknown): Problem {
  const name = error instanceof Error ? error.name : '';
  switch (name) {
    case 'NotAllowedError':
    case 'SecurityError':
      return { kind: 'camera-denied' };
    case 'NotFoundError':
    case 'OverconstrainedError':
      return { kind: 'camera-missing' };
    default: {
      const message = error instanceof Error ? error.message.replace(/\.$/, '') : String(error);
      return { kind: 'camera-busy', detail: message === '' ? name : message };
    }
  }
}

/** True where the asked-for camera or size is not to be had, so that asking for less may succeed. */
export function isOverconstrained(error: unknown): boolean {
  return error instanceof Error && error.name === 'OverconstrainedError';
}
