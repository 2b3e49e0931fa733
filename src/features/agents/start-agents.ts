/** Connects the live page to agents: those of former visits, and whatever a person adds; loaded when first needed. */
import type { Problem } from '../../domain/problems/problem.ts';
import type { AgentSegmenter } from '../../segmentation/agent-segmenter.ts';
import { createAgentStore } from './agent-store.ts';
import type { AgentLinkParts } from '../../segmentation/open-agent-segmenter.ts';
import { createAgentRoster } from './agent-roster.ts';
import { createAgentsSession, type AgentsSession } from './agents-session.ts';
import { agentsToConnect, diagnoseFromPage, PAGE_LINK, storeAgents } from './page-link.ts';

export interface PageAgents {
  readonly session: AgentsSession;
  /** For measurements: each gets a connection of its own. */
  readonly link: AgentLinkParts;
  /** The shown agent failed on a frame. */
  failed(segmenter: AgentSegmenter, problem: Problem): void;
  close(): void;
}

/** @param onSegmenter the shown agent's, or null; called again whenever another one has to take its place */
export function startAgents(onSegmenter: (segmenter: AgentSegmenter | null) => void): PageAgents {
  const agents = createAgentStore();
  const roster = createAgentRoster({
    store: agents,
    // Nobody compares labels here, but a raw picture costs the Pi no decoding.
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
