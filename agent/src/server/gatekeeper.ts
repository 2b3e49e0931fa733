/** Who may open the socket: Host, Origin and pairing token are checked before a WebSocket exists. */
import { timingSafeEqual } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import { SUBPROTOCOL, TOKEN_PREFIX } from '../../../src/protocol/limits.ts';

export interface GateRules {
  /** "localhost:8590": names under which the agent may be addressed. A foreign name is DNS rebinding. */
  readonly hosts: ReadonlySet<string>;
  /** "http://localhost:8590": pages that may connect. */
  readonly origins: ReadonlySet<string>;
  readonly token: string;
}

export interface Refusal {
  readonly status: 400 | 401 | 403 | 421;
  readonly reason: string;
}

export function hostRefusal(rules: GateRules, host: string | undefined): Refusal | null {
  return rules.hosts.has((host ?? '').toLowerCase()) ? null : { status: 421, reason: 'Misdirected Request' };
}

/** Any page of any site can reach a local socket: the browser's word about where the page came from decides. */
export function originAllowed(rules: GateRules, origin: string | undefined): boolean {
  return origin !== undefined && rules.origins.has(origin.toLowerCase());
}

/** Null lets the socket be opened. */
export function upgradeRefusal(rules: GateRules, headers: IncomingHttpHeaders): Refusal | null {
  const host = hostRefusal(rules, headers.host);
  if (host !== null) return host;
  if (!originAllowed(rules, headers.origin)) return { status: 403, reason: 'Forbidden' };
  const offered = (headers['sec-websocket-protocol'] ?? '').split(',').map((name) => name.trim());
  const token = offered.find((name) => name.startsWith(TOKEN_PREFIX))?.slice(TOKEN_PREFIX.length) ?? '';
  if (!sameToken(token, rules.token)) return { status: 401, reason: 'Unauthorized' };
  // Another version of the protocol is let in, to be told so with a close code that its page can read (SPEC 2).
  return offered.some((name) => name.startsWith(`${SUBPROTOCOL.split('.')[0] ?? ''}.`))
    ? null
    : { status: 400, reason: 'Bad Request' };
}

/** Takes the same time whatever the difference. */
function sameToken(given: string, right: string): boolean {
  const a = Buffer.from(given.toUpperCase());
  const b = Buffer.from(right.toUpperCase());
  return a.length === b.length && timingSafeEqual(a, b);
}
