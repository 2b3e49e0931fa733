/** Runs in the contract tests' page: the product's own client, whose events the test can read. */
import { AgentClient, type AgentEvent } from '../../src/agent-link/agent-client.ts';
import type { FrameAnswer } from '../../src/agent-link/agent-conversation.ts';
import { openWebSocket } from '../../src/agent-link/agent-socket.ts';
import { diagnoseAgent } from '../../src/agent-link/diagnose-agent.ts';
import { ProblemError } from '../../src/domain/problems/problem.ts';
import type { Problem } from '../../src/domain/problems/problem.ts';
import { fitInside } from '../../src/domain/frame.ts';
import { FrameBytes, rgbOf } from '../../src/segmentation/frame-bytes.ts';

export interface ContractPage {
  readonly events: AgentEvent[];
  readonly client: AgentClient;
  /** Sends the sample once. Returns counts instead of labels, to send little data to the test. */
  readonly infer: (codec: 'rgb8' | 'jpeg', side: number, shape?: SampleShape) => Promise<InferredSummary>;
  /** The problem of a promise that must fail; null if it does not fail. */
  readonly problemOf: (promise: Promise<unknown>) => Promise<Problem | null>;
}

/** Fitted into the side; stretched to side x side; or stretched beforehand, so that no scaling remains. */
export type SampleShape = 'fitted' | 'square' | 'square at hand';

export interface InferredSummary {
  readonly width: number;
  readonly height: number;
  /** Share of the pixels per class, 0..1. */
  readonly shares01: Readonly<Record<number, number>>;
  readonly stages: Extract<FrameAnswer, { kind: 'inferred' }>['labels']['stages'];
  /** Drawing, reading and compressing the picture, ms. */
  readonly encodeMs: number;
  readonly roundTripMs: number;
  readonly bytesUp: number;
  readonly bytesDown: number;
}

declare global {
  // The tests read this global; TypeScript declares globals only with var.
  var contract: ((address: string, code: string) => ContractPage) | undefined;
  /** State that a test keeps in the page between two calls. */
  var contractPage: ContractPage | undefined;
}

globalThis.contract = (address, code) => {
  const events: AgentEvent[] = [];
  const client = new AgentClient({
    address,
    code,
    clientName: 'contract test',
    openSocket: openWebSocket,
    diagnose: () =>
      diagnoseAgent(address, {
        origin: location.origin,
        networkPermission: () => Promise.resolve('unknown'),
        fetch: (url, init) => fetch(url, init),
      }),
    clock: {
      now: () => performance.now(),
      after(ms, callBack) {
        const timer = setTimeout(callBack, ms);
        return () => clearTimeout(timer);
      },
    },
    onEvent: (event) => events.push(event),
  });
  client.connect();
  return {
    events,
    client,
    infer: (codec, side, shape = 'fitted') => inferSample(client, codec, side, shape),
    problemOf,
  };
};

const bytes = new FrameBytes();

const sample = fetch('chelsea.jpg')
  .then((response) => response.blob())
  .then((blob) => createImageBitmap(blob));

const squares = new Map<number, Promise<ImageBitmap>>();

async function squareSample(side: number): Promise<ImageBitmap> {
  const known = squares.get(side);
  if (known !== undefined) return known;
  const made = sample.then((picture) =>
    createImageBitmap(picture, { resizeWidth: side, resizeHeight: side, resizeQuality: 'medium' }),
  );
  squares.set(side, made);
  return made;
}

async function inferSample(
  client: AgentClient,
  codec: 'rgb8' | 'jpeg',
  side: number,
  shape: SampleShape,
): Promise<InferredSummary> {
  const picture = await (shape === 'square at hand' ? squareSample(side) : sample);
  const size = shape === 'fitted' ? fitInside(picture, side) : { width: side, height: side };
  const begun = performance.now();
  // The agent segmenter's own steps; 0.85 is the live view's quality.
  const payload = codec === 'rgb8' ? rgbOf(bytes.read(picture, size)) : await bytes.jpeg(picture, size, 0.85);
  const encodeMs = performance.now() - begun;
  const answer = await client.infer({ codec, fit: 'fit', ...size, payload });
  if (answer.kind === 'dropped') throw new Error('The only frame was dropped.');
  const { labels, roundTripMs, bytesUp, bytesDown } = answer;
  const shares01: Record<number, number> = {};
  for (const label of labels.labels) shares01[label] = (shares01[label] ?? 0) + 1 / labels.labels.length;
  const { width, height, stages } = labels;
  return { width, height, shares01, stages, encodeMs, roundTripMs, bytesUp, bytesDown };
}

async function problemOf(promise: Promise<unknown>): Promise<Problem | null> {
  try {
    await promise;
    return null;
  } catch (error) {
    if (error instanceof ProblemError) return error.problem;
    throw error;
  }
}
