/** Opens a connection of its own to an agent for one run: one model, loaded cold, gone with the segmenter. */
import { AgentClient, type AgentClientParts, type AgentEvent } from '../agent-link/agent-client.ts';
import type { AgentDescription } from '../domain/agent-description.ts';
import type { Problem } from '../domain/problem.ts';
import { ProblemError } from '../domain/problem.ts';
import type { AgentChoice } from '../domain/run.ts';
import type { AnswerOf } from '../protocol/answers.ts';
import { coldTimingsOf, describeAgentModel } from '../segmentation/agent-model.ts';
import { createAgentSegmenter } from '../segmentation/agent-segmenter.ts';
import type { Segmenter } from '../segmentation/segmenter.ts';

/**
 * The segmenter's frames go up as raw RGB, so that the agent sees the bytes that a network in the browser sees.
 * @throws ProblemError, or the signal's reason
 */
export type OpenAgent = (choice: AgentChoice, signal: AbortSignal) => Promise<Segmenter<AgentDescription>>;

export interface AgentOpenerParts {
  readonly link: Pick<AgentClientParts, 'clientName' | 'openSocket' | 'clock'>;
  /** Why a socket did not open. Never rejects. */
  readonly diagnose: (address: string) => Promise<Problem>;
  /** Pairing code of a known agent, else ''. */
  readonly codeOf: (address: string) => string;
}

export function createAgentOpener({ link, diagnose, codeOf }: AgentOpenerParts): OpenAgent {
  return async ({ modelId, agent: { address, device, tail, threads } }, signal) => {
    signal.throwIfAborted();
    let resolve: (greeted: AnswerOf<'greeted'>) => void = () => undefined;
    let reject: (error: Error) => void = () => undefined;
    const greeting = new Promise<AnswerOf<'greeted'>>((settle, refuse) => {
      resolve = settle;
      reject = refuse;
    });
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
        case 'connecting':
        case 'telemetry':
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
        description: describeAgentModel(address, loaded, greeted),
        cold: coldTimingsOf(loaded),
        payload: () => ({ codec: 'rgb8' }),
        now: () => link.clock.now(),
      });
      return {
        ...segmenter,
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
