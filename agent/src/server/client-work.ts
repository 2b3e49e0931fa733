/** The work for one page: greet, load, infer, bench, on the engine that all pages share. */
import type { AgentAnswer, AnswerOf } from '../../../src/protocol/answers.ts';
import type { InferFrame } from '../../../src/protocol/infer-frame.ts';
import { PROTOCOL_VERSION } from '../../../src/protocol/limits.ts';
import type { AgentRequest, LoadRequest } from '../../../src/protocol/requests.ts';
import { AgentFailure } from '../agent-failure.ts';
import type { EngineProcess } from '../engine/engine-process.ts';
import type { CpuChoice, EngineBenched } from '../engine/messages.ts';
import type { CoralStick } from '../hardware/coral-stick.ts';
import { edgeTpuReport } from '../hardware/edge-tpu-report.ts';
import { hostFacts } from '../hardware/host-telemetry.ts';
import { modelPath, type ModelLibrary } from '../models/model-library.ts';

/** Covers the firmware upload of a stick and the first run of a large network on a slow board. */
const LOAD_LIMIT_MS = 60_000;
/** A bench runs in portions, so that other pages' frames get their turn and closing the page stops it. */
const BENCH_PORTION = 10;

export interface AgentParts {
  readonly version: string;
  readonly engine: EngineProcess;
  readonly library: ModelLibrary;
  /** By file, tail and threads: the engine found faster on the CPU, kept for the next process after a crash. */
  readonly cpuChoices: Map<string, CpuChoice>;
  readonly findStick: () => Promise<CoralStick | null>;
  /** An inference that takes longer ends the engine, ms. */
  readonly watchdogMs: number;
}

export interface Inferred {
  readonly answer: Uint8Array<ArrayBuffer>;
  readonly waitMs: number;
}

export class ClientWork {
  private readonly parts: AgentParts;
  private readonly session: number;
  private ended = false;

  constructor(parts: AgentParts, session: number) {
    this.parts = parts;
    this.session = session;
  }

  async greet(): Promise<AnswerOf<'greeted'>> {
    const { engine, findStick, library, version, watchdogMs } = this.parts;
    const [stick, host, { result }] = await Promise.all([
      findStick(),
      hostFacts(),
      engine.do({ kind: 'probe' }, watchdogMs),
    ]);
    return {
      kind: 'greeted',
      protocol: PROTOCOL_VERSION,
      agentVersion: version,
      host,
      engine: result.engine,
      engineSentence: result.engineSentence,
      edgeTpu: edgeTpuReport(stick, result),
      models: library.models.map(({ listing }) => listing),
      unusableModels: [...library.unusable],
    };
  }

  /** @throws AgentFailure */
  async load({ requestId, modelId, tail, device, threads }: LoadRequest): Promise<AgentAnswer> {
    const { engine, library, findStick, cpuChoices } = this.parts;
    const { model, path } = modelPath(library, modelId, device);
    const { listing } = model;
    if (!listing.tails.includes(tail)) {
      throw new AgentFailure('model-unusable', `${modelId} cannot be cut: ${listing.notCutBecause ?? ''}`);
    }
    // The kernel knows better than libedgetpu why a stick cannot be opened.
    const stick = device === 'edgetpu' ? await findStick() : null;
    if (stick?.permitted === false) {
      throw new AgentFailure('edgetpu-permission', 'This user may not open the Coral USB Accelerator.');
    }
    const key = `${path} ${tail} ${threads}`;
    const faster = cpuChoices.get(key);
    const job = { kind: 'load', session: this.session, path, tail, device, threads } as const;
    const { result } = await engine.do(faster === undefined ? job : { ...job, faster }, LOAD_LIMIT_MS);
    if (result.choice !== null) cpuChoices.set(key, result.choice);
    if (this.ended) this.unload();
    return {
      kind: 'loaded',
      ...result.facts,
      requestId,
      modelId,
      tail,
      sha256: device === 'edgetpu' ? (listing.edgeTpuTwin?.sha256 ?? listing.sha256) : listing.sha256,
      deviceAsked: device,
      threads,
    };
  }

  /** @throws AgentFailure */
  async infer(frame: InferFrame): Promise<Inferred> {
    const { engine, watchdogMs } = this.parts;
    const { result, waitMs } = await engine.do({ kind: 'infer', session: this.session, frame }, watchdogMs);
    return { answer: result.answer, waitMs };
  }

  /** @throws AgentFailure */
  async bench(request: Extract<AgentRequest, { kind: 'bench' }>): Promise<AgentAnswer> {
    const { requestId, iterations } = request;
    const portions: EngineBenched[] = [];
    for (let done = 0; done < iterations && !this.ended; done += BENCH_PORTION) {
      const portion = {
        kind: 'bench',
        session: this.session,
        warmup: done === 0 ? request.warmup : 0,
        iterations: Math.min(BENCH_PORTION, iterations - done),
      } as const;
      const limitMs = this.parts.watchdogMs * (portion.iterations + portion.warmup);
      portions.push((await this.parts.engine.do(portion, limitMs)).result);
    }
    return {
      kind: 'benched',
      requestId,
      invoke: portions.flatMap(({ invoke }) => invoke),
      postprocess: portions.flatMap(({ postprocess }) => postprocess),
      longestGapMs: Math.max(0, ...portions.map(({ longestGapMs }) => longestGapMs)),
    };
  }

  /** The page is gone, so its network is unloaded. */
  end(): void {
    this.ended = true;
    this.unload();
  }

  private unload(): void {
    const { engine, watchdogMs } = this.parts;
    // A crashed engine has nothing loaded.
    engine.do({ kind: 'unload', session: this.session }, watchdogMs).catch(() => undefined);
  }
}
