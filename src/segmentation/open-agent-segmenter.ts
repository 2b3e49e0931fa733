/** Opens a separate connection to an agent: one model, loaded cold, that ends with the segmenter. */
import { AgentClient, type AgentClientParts, type AgentEvent } from '../agent-link/agent-client.ts';
import { jpegQuality01, type FrameCodec } from '../domain/frame-codec.ts';
import { ProblemError, type Problem } from '../domain/problems/problem.ts';
import type { AgentSetup } from '../domain/setup.ts';
import type { AnswerOf } from '../protocol/answers.ts';
import { coldTimingsOf, describeAgentModel } from './agent-model.ts';
import { createAgentSegmenter, type AgentSegmenter, type FramePayload } from './agent-segmenter.ts';
import { createHostLog } from './host-log.ts';

export interface AgentLinkParts {
  readonly link: Pick<AgentClientParts, 'clientName' | 'openSocket' | 'clock'>;
  /** Why a socket did not open. Never rejects. */
  readonly diagnose: (address: string) => Promise<Problem>;
  /** Pairing code of a known agent, else ''. */
  readonly codeOf: (address: string) => string;
}

/** @throws ProblemError, or the signal's reason */
export async function openAgentSegmenter(
  { link, diagnose, codeOf }: AgentLinkParts,
  { modelId, preprocessing, place }: AgentSetup,
  signal: AbortSignal,
): Promise<AgentSegmenter> {
  const { agent: address, device, tail, threads, codec } = place;
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
      // No waiting for a lost agent to return: the run fails, and its plan continues.
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
    return createAgentSegmenter({
      link: client,
      description: describeAgentModel(address, loaded, greeted, preprocessing),
      cold: coldTimingsOf(loaded),
      payload: () => payload,
      now: () => link.clock.now(),
      watchHost: () => host.watch(),
      onClose: () => client.close(),
    });
  } catch (error) {
    client.close();
    throw signal.aborted ? (signal.reason as Error) : error;
  } finally {
    signal.removeEventListener('abort', abort);
  }
}

function payloadOf(codec: FrameCodec): FramePayload {
  const quality01 = jpegQuality01(codec);
  return quality01 === null ? { codec: 'rgb8' } : { codec: 'jpeg', quality01 };
}
