/** Turns close codes and failures of the agent into problems. */
import type { Problem } from '../domain/problems/problem.ts';
import type { Failure } from '../protocol/answers.ts';
import { CLOSE_CODES } from '../protocol/close-codes.ts';
import { PROTOCOL_VERSION } from '../protocol/limits.ts';

/** SPEC 9. @param reason the agent's own words, often empty */
export function problemOfClose(address: string, code: number, reason: string): Problem {
  switch (code) {
    case CLOSE_CODES.otherVersion: {
      const detail = reason === '' ? `this page ${PROTOCOL_VERSION}` : reason;
      return { kind: 'agent-other-version', address, detail };
    }
    case CLOSE_CODES.goingAway:
      return { kind: 'agent-lost', address, detail: 'the agent stops' };
    case CLOSE_CODES.tooLarge:
      return { kind: 'agent-lost', address, detail: 'a frame was larger than 4 MiB' };
    case CLOSE_CODES.invalidMessages:
      return { kind: 'agent-lost', address, detail: 'it did not understand this page' };
    case CLOSE_CODES.noHello:
      return { kind: 'agent-lost', address, detail: 'this page did not greet in time' };
    case CLOSE_CODES.slowReader:
      return { kind: 'agent-lost', address, detail: 'this page read too slowly' };
    default: {
      const words = reason === '' ? '' : `, ${reason.slice(0, 100)}`;
      return { kind: 'agent-lost', address, detail: `close code ${code}${words}` };
    }
  }
}

/** SPEC 8.2: the agent's own sentence and next step. */
export function problemOfFailure({ sentence, nextStep }: Failure): Problem {
  return {
    kind: 'agent-failed',
    sentence,
    nextStep: nextStep === '' ? 'Check what the agent printed.' : nextStep,
  };
}

/** True if retrying would not help until the user acts. */
export function needsPerson({ kind }: Problem): boolean {
  return (
    kind === 'agent-origin-refused' ||
    kind === 'agent-code-refused' ||
    kind === 'agent-needs-http' ||
    kind === 'agent-network-denied' ||
    kind === 'agent-other-version' ||
    kind === 'agent-address-invalid'
  );
}
