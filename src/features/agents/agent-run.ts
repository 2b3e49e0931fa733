/** Opens a connection of its own to an agent for one run: one model, loaded cold, gone with the segmenter. */
import { AgentClient, type AgentClientParts, type AgentEvent } from '../../agent-link/agent-client.ts';
import type { AgentDescription } from '../../domain/agent-description.ts';
import type { Preprocessing } from '../../domain/measuring/configuration.ts';
import { jpegQuality01, type FrameCodec } from '../../domain/frame-codec.ts';
import type { Problem } from '../../domain/problems/problem.ts';
import { ProblemError } from '../../domain/problems/problem.ts';
import type { AgentChoice } from '../../domain/measuring/run.ts';
import type { AnswerOf } from '../../protocol/answers.ts';
import { coldTimingsOf, describeAgentModel } from '../../segmentation/agent-model.ts';
import { createAgentSegmenter, type FramePayload } from '../../segmentation/agent-segmenter.ts';
import type { Segmenter } from '../../segmentation/segmenter.ts';
import { createHostLog, type HostWatch } from './host-log.ts';

/** A network on an agent, and what the agent's machine says meanwhile. */
export interface OpenedAgent extends Segmenter<AgentDescription> {
  /** From here on until it is asked for. */
  watchHost(): HostWatch;
}

/**
 * The segmenter's frames go up as the choice says.
 * @throws ProblemError, or the signal's reason
 */
export type OpenAgent = (choice: AgentToOpen, signal: AbortSignal) => Promise<OpenedAgent>;

export interface AgentToOpen extends AgentChoice {
  /** Done by the page, before frames go up; left out: fit, as the live view does. */
  readonly preprocessing?: Preprocessing;
}

export interface AgentOpenerParts {
  readonly link: Pick<AgentClientParts, 'clientName' | 'openSocket' | 'clock'>;
  /** Why a socket did not open. Never rejects. */
  readonly diagnose: (address: string) => Promise<Problem>;
  /** Pairing code of a known agent, else ''. */
  readonly codeOf: (address: string) => string;
}

export function createAgentOpener({ link, diagnose, codeOf }: AgentOpenerParts): OpenAgent {
  return async ({ modelId, agent, codec, preprocessing = 'fit' }, signal) => {
    const { address, device, tail, threads } = agent;
    signal.throwIfAborted();
    const payload = payloadOf(codec);
    let resolve: (greeted: AnswerOf<'greeted'>) => void = () => undefined;
    let reject: (error: Error) => void = () => undefined;
    const greeting = new Promise<AnswerOf<'greeted'>>((settle, refuse) => {
      resolve = settle;
      reject = refuse;
    });
    const host = createHostLog(link.clock);
    const client = new AgentClient({
      ...link,
      address,
      code: codeOf(address),
      diagnose: () => diagnose(address),
      onEvent: hear,
    });

    function hear(event: AgentEvent): void {
      switch (event.kind) {
        case 'open':
          resolve(event.greeted);
          return;
        // A run does not wait until a lost agent is back: it fails, and the plan goes on.
        case 'waiting':
        case 'refused':
          client.close();
          reject(new ProblemError(event.problem));
          return;
        case 'telemetry':
          host.hear(event.telemetry);
          return;
        case 'connecting':
        case 'reloading':
        case 'reloaded':
        case 'reload-failed':
      }
    }

    const abort = () => {
      client.close();
      reject(signal.reason as Error);
    };
    signal.addEventListener('abort', abort);
    try {
      client.connect();
      const greeted = await greeting;
      const loaded = await client.load({ modelId, device, tail, threads });
      const segmenter = createAgentSegmenter({
        link: client,
        description: { ...describeAgentModel(address, loaded, greeted), preprocessing },
        cold: coldTimingsOf(loaded),
        payload: () => payload,
        now: () => link.clock.now(),
      });
      return {
        ...segmenter,
        watchHost: () => host.watch(),
        close() {
          client.close();
          return segmenter.close();
        },
      };
    } catch (error) {
      client.close();
      throw signal.aborted ? (signal.reason as Error) : error;
    } finally {
      signal.removeEventListener('abort', abort);
    }
  };
}

function payloadOf(codec: FrameCodec): FramePayload {
  const quality01 = jpegQuality01(codec);
  return quality01 === null ? { codec: 'rgb8' } : { codec: 'jpeg', quality01 };
}
