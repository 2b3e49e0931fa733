/**
 * Finds out why a socket did not open, which browsers do not say: from GET /agent, the page's scheme and its
 * permissions.
 */
import { z } from 'zod';
import type { Problem } from '../domain/problems/problem.ts';
import { PROTOCOL_VERSION, SOCKET_PATH } from '../protocol/limits.ts';
import { isLoopback } from './agent-address.ts';

export interface PageFacts {
  /** "http://localhost:4173" */
  readonly origin: string;
  /** Whether the browser lets this page reach the local network; 'unknown' if it does not say. */
  readonly networkPermission: () => Promise<'granted' | 'prompt' | 'denied' | 'unknown'>;
  readonly fetch: (url: string, init: { readonly cache: 'no-store' }) => Promise<Response>;
}

const description = z.object({
  agent: z.literal('segscope'),
  protocol: z.int(),
  originAllowed: z.boolean(),
});

/** SPEC 2.7. Never rejects. */
export async function diagnoseAgent(address: string, page: PageFacts): Promise<Problem> {
  const overHttps = page.origin.startsWith('https:');
  if (overHttps && !isLoopback(address)) return { kind: 'agent-needs-http', address };
  if ((await page.networkPermission()) === 'denied') return { kind: 'agent-network-denied', address };
  const told = await describe(address, page);
  if (told === null) return { kind: 'agent-not-running', address };
  if (told.protocol !== PROTOCOL_VERSION) {
    const detail = `${told.protocol}, this page ${PROTOCOL_VERSION}`;
    return { kind: 'agent-other-version', address, detail };
  }
  if (!told.originAllowed) return { kind: 'agent-origin-refused', address, origin: page.origin };
  return { kind: 'agent-code-refused', address };
}

async function describe(address: string, page: PageFacts): Promise<z.infer<typeof description> | null> {
  try {
    const response = await page.fetch(`http://${address}${SOCKET_PATH}`, { cache: 'no-store' });
    return description.parse(await response.json());
  } catch {
    return null;
  }
}
