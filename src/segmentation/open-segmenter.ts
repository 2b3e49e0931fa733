/** Opens a setup as a Segmenter: the only code that chooses between this browser and an agent. */
import { isOnAgent, type AnyDescription } from '../domain/agent-description.ts';
import type { Pipeline } from '../domain/measuring/configuration.ts';
import type { BrowserSetup, Setup } from '../domain/setup.ts';
import type { AgentSegmenter, LiveSegmenter } from './agent-segmenter.ts';
import type { AgentLinkParts } from './open-agent-segmenter.ts';
import type { Segmenter } from './segmenter.ts';
import type { Progress } from './worker-channel.ts';
import { openWorkerSegmenter, type LoadRequest } from './worker-segmenter.ts';

export interface OpenOptions {
  /** True if another network runs at the same time, so that the cold numbers are upper bounds. */
  readonly contended?: boolean;
  /** In this browser only. */
  readonly onProgress?: (progress: Progress) => void;
}

/**
 * The caller closes the segmenter; on an agent, its connection ends with it.
 * @param signal aborting stops only the loading
 * @throws ProblemError, or the signal's reason
 */
export type OpenSegmenter = (
  setup: Setup,
  signal: AbortSignal,
  options?: OpenOptions,
) => Promise<Segmenter<AnyDescription>>;

/** The same, for callers that know it runs in this browser. */
export type OpenHere = (
  setup: BrowserSetup,
  signal: AbortSignal,
  options?: OpenOptions,
) => Promise<Segmenter>;

export interface OpenerParts {
  /** @throws ProblemError model-unknown, model-absent, model-invalid */
  readonly modelToLoad: (modelId: string, pipeline: Pipeline) => LoadRequest['model'];
  /** Loaded on first use. */
  readonly agentLink: () => Promise<AgentLinkParts>;
}

/** One per page. */
export function createOpenSegmenter({ modelToLoad, agentLink }: OpenerParts): OpenHere & OpenSegmenter {
  function open(setup: BrowserSetup, signal: AbortSignal, options?: OpenOptions): Promise<Segmenter>;
  function open(setup: Setup, signal: AbortSignal, options?: OpenOptions): Promise<Segmenter<AnyDescription>>;
  async function open(
    setup: Setup,
    signal: AbortSignal,
    { contended = false, onProgress = () => undefined }: OpenOptions = {},
  ): Promise<Segmenter<AnyDescription>> {
    const { modelId, pipeline, place } = setup;
    if (place.kind === 'agent') {
      // Loaded late, so that segmenting in the browser does not wait for this code.
      const { openAgentSegmenter } = await import('./open-agent-segmenter.ts');
      return openAgentSegmenter(await agentLink(), { ...setup, place }, signal);
    }
    const model = modelToLoad(modelId, pipeline);
    return openWorkerSegmenter({ setup: { ...setup, place }, model, contended }, onProgress, signal);
  }
  return open;
}

/** Here and not beside the type, because that module is loaded only if an agent is used. */
export function isAgentSegmenter(segmenter: LiveSegmenter): segmenter is AgentSegmenter {
  return isOnAgent(segmenter.description);
}
