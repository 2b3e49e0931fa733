/** Which agents the page offers to connect to before anybody has typed: the one that may have served it, and one on this machine. */

const USUAL_PORT = ':8590';
/** Where an agent listens unless told otherwise (DEFAULT_AGENT_PORT of the protocol). */
export const USUAL_AGENT = `localhost${USUAL_PORT}`;

/**
 * "host:port", the likeliest first and none twice. A page at an agent's usual port was served by it; any other one may
 * have been.
 * @param host of the page, '' where it has none
 */
export function offeredAddresses(host: string): readonly string[] {
  const own = host === '' ? [] : [host];
  return [...new Set(host.endsWith(USUAL_PORT) ? [...own, USUAL_AGENT] : [USUAL_AGENT, ...own])];
}
