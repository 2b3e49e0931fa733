/** Connects the live page to the agents of earlier visits and to those that the user adds. Loaded on first use. */
import type { Problem } from '../../domain/problems/problem.ts';
import type { AgentSegmenter } from '../../segmentation/agent-segmenter.ts';
import { createAgentStore } from './agent-store.ts';
import type { AgentLinkParts } from '../../segmentation/open-agent-segmenter.ts';
import { createAgentRoster } from './agent-roster.ts';
import { createAgentsSession, type AgentsSession } from './agents-session.ts';
import { agentsToConnect, diagnoseFromPage, PAGE_LINK, storeAgents } from './page-link.ts';

export interface PageAgents {
  readonly session: AgentsSession;
  /** For measurements: each gets its own connection. */
  readonly link: AgentLinkParts;
  /** The shown agent failed on a frame. */
  failed(segmenter: AgentSegmenter, problem: Problem): void;
  close(): void;
}

/** @param onSegmenter gets the shown agent's segmenter, or null; called again whenever it changes */
export function startAgents(onSegmenter: (segmenter: AgentSegmenter | null) => void): PageAgents {
  const agents = createAgentStore();
  const roster = createAgentRoster({
    store: agents,
    // The live page compares no labels; raw pictures save the Pi the decoding.
    payload: () => ({ codec: 'rgb8' }),
    link: PAGE_LINK,
    diagnose: diagnoseFromPage,
    onSegmenter,
    onTelemetry: () => undefined,
    onShown: () => undefined,
    onChanged: storeAgents,
  });
  for (const { address, code } of agentsToConnect()) roster.add(address, code);
  return {
    session: createAgentsSession(agents, roster),
    link: { link: PAGE_LINK, diagnose: diagnoseFromPage, codeOf: (address) => roster.codeOf(address) },
    failed(segmenter, problem) {
      roster.failed(segmenter, problem);
    },
    close() {
      roster.close();
    },
  };
}
