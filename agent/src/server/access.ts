/** Who may open the socket: Host, Origin and pairing token are checked before a WebSocket exists. */
import { randomBytes, timingSafeEqual } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import { SUBPROTOCOL, TOKEN_PREFIX } from '../../../src/protocol/limits.ts';
import { hostname, networkInterfaces } from 'node:os';
import { readFile, writeFile } from 'node:fs/promises';

export interface AccessRules {
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

export function hostRefusal(rules: AccessRules, host: string | undefined): Refusal | null {
  return rules.hosts.has((host ?? '').toLowerCase()) ? null : { status: 421, reason: 'Misdirected Request' };
}

/** Any page of any site can reach a local socket, so only the Origin that the browser reports decides. */
export function originAllowed(rules: AccessRules, origin: string | undefined): boolean {
  return origin !== undefined && rules.origins.has(origin.toLowerCase());
}

/** Null lets the socket open. */
export function upgradeRefusal(rules: AccessRules, headers: IncomingHttpHeaders): Refusal | null {
  const host = hostRefusal(rules, headers.host);
  if (host !== null) return host;
  if (!originAllowed(rules, headers.origin)) return { status: 403, reason: 'Forbidden' };
  const offered = (headers['sec-websocket-protocol'] ?? '').split(',').map((name) => name.trim());
  const token = offered.find((name) => name.startsWith(TOKEN_PREFIX))?.slice(TOKEN_PREFIX.length) ?? '';
  if (!sameToken(token, rules.token)) return { status: 401, reason: 'Unauthorized' };
  // Another protocol version is let in, so that it gets a close code that its page can read (SPEC 2).
  return offered.some((name) => name.startsWith(`${SUBPROTOCOL.split('.')[0] ?? ''}.`))
    ? null
    : { status: 400, reason: 'Bad Request' };
}

/** Takes constant time. */
function sameToken(given: string, right: string): boolean {
  const a = Buffer.from(given.toUpperCase());
  const b = Buffer.from(right.toUpperCase());
  return a.length === b.length && timingSafeEqual(a, b);
}

interface AccessOptions {
  readonly port: number;
  readonly lan: boolean;
  /** Pages from elsewhere, for example "http://laptop.local:4173". */
  readonly origins: readonly string[];
  readonly token: string;
}

/** Where `npm start` and `npm run preview` serve the same pages on this machine. */
const LOCAL_PAGES = ['http://localhost:4173', 'http://127.0.0.1:4173'];

/** Numeric addresses are safe as hosts: DNS rebinding needs a name. */
export function accessRules({ port, lan, origins, token }: AccessOptions): AccessRules {
  const own = ['localhost', '127.0.0.1', '[::1]', ...(lan ? lanNames() : [])].map(
    (name) => `${name.toLowerCase()}:${port}`,
  );
  return {
    hosts: new Set(own),
    origins: new Set([...own.map((host) => `http://${host}`), ...LOCAL_PAGES, ...origins.map(normalise)]),
    token,
  };
}

function lanNames(): string[] {
  const addresses = Object.values(networkInterfaces())
    .flatMap((list) => list ?? [])
    .filter(({ internal }) => !internal)
    .map(({ address, family }) => (family === 'IPv6' ? `[${address}]` : address));
  return [hostname(), `${hostname()}.local`, ...addresses];
}

/** @throws Error with one sentence if it is not an origin. */
function normalise(origin: string): string {
  const url = URL.canParse(origin) ? new URL(origin) : null;
  if (url === null || url.origin === 'null' || url.origin !== origin.replace(/\/$/, '').toLowerCase()) {
    throw new Error(`"${origin}" is not an origin: write it like http://laptop.local:4173, without a path.`);
  }
  return url.origin;
}

/** Crockford's base 32: no characters that look alike. */
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
/** 60 bits: short enough to type, too long to guess over a network. */
const LENGTH = 12;

export async function pairingToken(file: string): Promise<string> {
  const kept = await readFile(file, 'utf8').then(
    (text) => text.trim(),
    () => '',
  );
  if (new RegExp(`^[${ALPHABET}]{${LENGTH}}$`).test(kept)) return kept;
  const made = Array.from(randomBytes(LENGTH), (byte) => ALPHABET.charAt(byte % ALPHABET.length)).join('');
  await writeFile(file, `${made}\n`, { mode: 0o600 });
  return made;
}
