/** What this page brings to a connection with an agent: its clock, sockets, permissions and stored agents. */
import { openWebSocket, type LinkClock } from '../../agent-link/agent-socket.ts';
import { diagnoseAgent, type PageFacts } from '../../agent-link/diagnose-agent.ts';
import type { Problem } from '../../domain/problems/problem.ts';
import type { KnownAgent } from './agent-roster.ts';
import { SEGSCOPE_VERSION } from '../../app/version.ts';

const STORAGE_KEY = 'segscope.agents';

const clock: LinkClock = {
  now: () => performance.now(),
  after(ms, callBack) {
    const timer = setTimeout(callBack, ms);
    return () => clearTimeout(timer);
  },
};

export const PAGE_LINK = {
  clientName: `Segscope ${SEGSCOPE_VERSION}`,
  openSocket: openWebSocket,
  clock,
};

export async function diagnoseFromPage(address: string): Promise<Problem> {
  return diagnoseAgent(address, {
    origin: location.origin,
    networkPermission,
    fetch: (url, init) => fetch(url, init),
  });
}

/** Chromium's new and old names for it; other browsers have none and throw. */
const NETWORK_PERMISSIONS = ['loopback-network', 'local-network', 'local-network-access'];

const networkPermission: PageFacts['networkPermission'] = async () => {
  for (const name of NETWORK_PERMISSIONS) {
    try {
      const { state } = await navigator.permissions.query({ name: name as PermissionName });
      if (state === 'denied') return state;
    } catch {
      // This browser does not know the name.
    }
  }
  return 'unknown';
};

/**
 * The agent that served this page with its pairing code in the fragment, then those of earlier visits. The code is
 * removed from the address, where others could read it.
 */
export function agentsToConnect(): readonly KnownAgent[] {
  const known = storedAgents();
  const pasted = agentInAddress();
  return pasted === null ? known : [...known.filter(({ address }) => address !== pasted.address), pasted];
}

/** Calls back when such an address is pasted into the open page. The returned function stops the watch. */
export function watchAddress(onAgent: (agent: KnownAgent) => void): () => void {
  const check = () => {
    const pasted = agentInAddress();
    if (pasted !== null) onAgent(pasted);
  };
  addEventListener('hashchange', check);
  return () => removeEventListener('hashchange', check);
}

/** Removes the code from the address. */
function agentInAddress(): KnownAgent | null {
  const code = new URLSearchParams(location.hash.replace(/^#\??/, '')).get('token');
  if (code === null) return null;
  history.replaceState(null, '', location.pathname + location.search);
  return { address: location.host, code };
}

export function storeAgents(agents: readonly KnownAgent[]): void {
  try {
    localStorage.setItem(STORAGE_KEY, JSON.stringify(agents));
  } catch {
    // If the storage is full or forbidden, the user has to enter the agents again on the next visit.
  }
}

function storedAgents(): readonly KnownAgent[] {
  try {
    const stored: unknown = JSON.parse(localStorage.getItem(STORAGE_KEY) ?? '[]');
    return Array.isArray(stored) ? stored.filter(isKnownAgent) : [];
  } catch {
    return [];
  }
}

function isKnownAgent(value: unknown): value is KnownAgent {
  return (
    typeof value === 'object' &&
    value !== null &&
    'address' in value &&
    typeof value.address === 'string' &&
    'code' in value &&
    typeof value.code === 'string'
  );
}
