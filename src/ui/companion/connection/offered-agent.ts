/** Which agent the page offers to connect to before anybody has typed: the one that served it, else one on this machine. */

/** Where an agent listens unless told otherwise (DEFAULT_AGENT_PORT of the protocol). */
const USUAL_PORT = ':8590';
export const USUAL_AGENT = `localhost${USUAL_PORT}`;

/** The pairing code of an address that the agent printed, "#token=..."; '' where there is none. */
export function offeredCode(hash: string): string {
  return new URLSearchParams(hash.slice(1)).get('token') ?? '';
}

/**
 * "host:port", the likeliest first and none twice. A page with a code in its address, or at an agent's usual port, was
 * served by an agent; any other one may have been.
 */
export function offeredAddresses({ host, hash }: Pick<Location, 'host' | 'hash'>): readonly string[] {
  const own = host === '' ? [] : [host];
  const served = offeredCode(hash) !== '' || host.endsWith(USUAL_PORT);
  return [...new Set(served ? [...own, USUAL_AGENT] : [USUAL_AGENT, ...own])];
}
