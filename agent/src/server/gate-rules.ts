/** The names and pages that are let in, from the command line and the machine's own names. */
import { hostname, networkInterfaces } from 'node:os';
import type { GateRules } from './gatekeeper.ts';

export interface GateOptions {
  readonly port: number;
  readonly lan: boolean;
  /** Pages from elsewhere, as "http://laptop.local:4173". */
  readonly origins: readonly string[];
  readonly token: string;
}

/** Where `npm start` and `npm run preview` serve the same pages on this machine. */
const LOCAL_PAGES = ['http://localhost:4173', 'http://127.0.0.1:4173'];

/** Numeric addresses are safe as hosts: DNS rebinding needs a name. */
export function gateRules({ port, lan, origins, token }: GateOptions): GateRules {
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

/** @throws Error with one sentence for what is no origin. */
function normalise(origin: string): string {
  const url = URL.canParse(origin) ? new URL(origin) : null;
  if (url === null || url.origin === 'null' || url.origin !== origin.replace(/\/$/, '').toLowerCase()) {
    throw new Error(`"${origin}" is no origin: write it like http://laptop.local:4173, without a path.`);
  }
  return url.origin;
}
