/** Parses the address of an agent that the user types or pastes. */
import { ProblemError } from '../domain/problems/problem.ts';
import { DEFAULT_AGENT_PORT, SOCKET_PATH } from '../protocol/limits.ts';

export interface AgentAddress {
  /** "localhost:8590", always with its port. */
  readonly address: string;
  /** The pairing code in the fragment of the address that the agent prints; null if missing. */
  readonly code: string | null;
}

/**
 * Takes "localhost", "pi.local:8590", "ws://10.0.0.7:8590/agent" and "http://localhost:8590/pi.html#token=CODE".
 * @throws ProblemError agent-address-invalid
 */
export function parseAgentAddress(text: string): AgentAddress {
  const typed = text.trim();
  const withScheme = /^[a-z]+:\/\//i.test(typed) ? typed : `http://${typed}`;
  const url = URL.canParse(withScheme) ? new URL(withScheme) : null;
  if (url === null || url.hostname === '' || !['http:', 'https:', 'ws:', 'wss:'].includes(url.protocol)) {
    throw new ProblemError({ kind: 'agent-address-invalid', address: typed.slice(0, 100) });
  }
  // URL drops a port that is the default of its scheme.
  const written = /:(\d{1,5})(?:[/?#]|$)/.exec(withScheme.slice(withScheme.indexOf('://') + 3))?.[1];
  const port = url.port === '' ? (written ?? String(DEFAULT_AGENT_PORT)) : url.port;
  return {
    address: `${url.hostname}:${port}`,
    code: new URLSearchParams(url.hash.slice(1)).get('token'),
  };
}

export function socketUrl(address: string): string {
  return `ws://${address}${SOCKET_PATH}`;
}

/** True if the address is this machine, which browsers trust without encryption. */
export function isLoopback(address: string): boolean {
  const host = address.slice(0, address.lastIndexOf(':'));
  return host === 'localhost' || host.endsWith('.localhost') || host === '[::1]' || /^127\./.test(host);
}
