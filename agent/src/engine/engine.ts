/** The engine: owns the native libraries and the networks of all sessions, and does one job at a time. */
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { encodeInferredLabels, setAgentStage } from '../../../src/protocol/inferred-labels.ts';
import { AgentFailure } from '../agent-failure.ts';
import { CpuEngines, cpuEngineOf } from './cpu-engines.ts';
import { openEdgeTpuLibrary, type EdgeTpuLibrary } from './edgetpu-library.ts';
import { framePixels, openLibvips } from './frame-pixels.ts';
import { loadNetwork, type LoadedNetwork } from './loaded-network.ts';
import type {
  EngineBench,
  EngineBenched,
  EngineJob,
  EngineLoad,
  EngineProbe,
  EngineResult,
} from './messages.ts';
import type { EdgeTpu } from './native-network.ts';
import { openTfliteLibrary, tfliteLibraryPath, type TfliteLibrary } from './tflite-library.ts';
import { WasmEngine } from './wasm-network.ts';

type Environment = Readonly<Record<string, string | undefined>>;

export class Engine {
  private readonly environment: Environment;
  private readonly networks = new Map<number, LoadedNetwork>();
  private readonly wasm: WasmEngine | null;
  private readonly cpu: CpuEngines;
  private tflite: TfliteLibrary | null = null;
  private edgeTpu: EdgeTpuLibrary | null = null;

  constructor(environment: Environment) {
    this.environment = environment;
    const wanted = cpuEngineOf(environment['CPU_ENGINE']);
    this.wasm = wanted === 'tflite' ? null : WasmEngine.find();
    this.cpu = new CpuEngines(wanted, this.wasm);
  }

  /** @throws AgentFailure */
  async run(job: EngineJob): Promise<EngineResult> {
    switch (job.kind) {
      case 'probe':
        return { kind: 'probed', ...this.probe() };
      case 'load':
        return { kind: 'loaded', ...(await this.load(job.session, job)) };
      case 'infer':
        return { kind: 'inferred', answer: await this.infer(job.session, job.frame) };
      case 'bench':
        return { kind: 'benched', ...(await this.bench(job.session, job)) };
      case 'unload':
        this.unload(job.session);
        return { kind: 'unloaded' };
    }
  }

  private probe(): EngineProbe {
    const edgeTpu = attempt(() => this.openEdgeTpu());
    const tflite = attempt(() => this.openTflite());
    const devices = 'opened' in edgeTpu ? edgeTpu.opened.listDevices() : [];
    return {
      engine: 'opened' in tflite ? { name: tflite.opened.origin, version: tflite.opened.version } : null,
      engineSentence:
        'opened' in tflite
          ? `${tflite.opened.origin} ${tflite.opened.version} on ${process.arch}${secondEngine(this.wasm)}.`
          : `TensorFlow Lite could not be opened (${tflite.reason}).`,
      edgeTpuLibrary: 'opened' in edgeTpu ? { name: 'libedgetpu', version: edgeTpu.opened.version } : null,
      edgeTpuDevices: [...devices],
      testDouble: 'opened' in edgeTpu && edgeTpu.opened.testDouble,
    };
  }

  private async load(session: number, request: EngineLoad) {
    this.unload(session);
    const tflite = attempt(() => this.openTflite());
    if ('reason' in tflite) {
      throw new AgentFailure('engine-missing', `TensorFlow Lite could not be opened (${tflite.reason}).`);
    }
    const edgeTpu = request.device === 'edgetpu' ? this.findEdgeTpu() : null;
    const network = await loadNetwork({ tflite: tflite.opened, cpu: this.cpu }, edgeTpu, request);
    this.networks.set(session, network);
    // While the page prepares its first frame.
    openLibvips().catch(() => undefined);
    return { facts: network.facts, choice: network.choice };
  }

  private async infer(
    session: number,
    frame: Parameters<typeof framePixels>[0],
  ): Promise<Uint8Array<ArrayBuffer>> {
    const network = this.networkOf(session);
    const { rgb, picture, decodeMs, resizeMs } = await framePixels(frame, network.inputSide);
    const quantise = network.write(rgb, picture);
    const { labels, invokeMs, postprocessMs } = await network.run(picture);
    const encodeBegun = performance.now();
    const answer = encodeInferredLabels({
      frameId: frame.frameId,
      ...picture,
      labels,
      droppedSoFar: 0,
      stages: {
        wait: 0,
        decode: decodeMs,
        resize: resizeMs,
        quantise,
        invoke: invokeMs,
        postprocess: postprocessMs,
        encode: 0,
        total: 0,
      },
    });
    setAgentStage(answer, 'encode', performance.now() - encodeBegun);
    return answer;
  }

  private async bench(session: number, { warmup, iterations }: EngineBench): Promise<EngineBenched> {
    const network = this.networkOf(session);
    const picture = network.lastPicture;
    if (picture === null)
      throw new AgentFailure('frame-invalid', 'A bench repeats the last frame, and there is none yet.');
    const delay = monitorEventLoopDelay({ resolution: 1 });
    const invoke: number[] = [];
    const postprocess: number[] = [];
    for (let i = -warmup; i < iterations; i++) {
      if (i === 0) delay.enable();
      const { invokeMs, postprocessMs } = await network.run(picture);
      if (i < 0) continue;
      invoke.push(invokeMs);
      postprocess.push(postprocessMs);
    }
    delay.disable();
    return { invoke, postprocess, longestGapMs: delay.max / 1e6 };
  }

  private unload(session: number): void {
    this.networks.get(session)?.close();
    this.networks.delete(session);
  }

  private networkOf(session: number): LoadedNetwork {
    const network = this.networks.get(session);
    if (network === undefined) throw new AgentFailure('model-not-loaded', 'No model is loaded.');
    return network;
  }

  /** The first device that libedgetpu lists. @throws AgentFailure, never falls back to the CPU */
  private findEdgeTpu(): EdgeTpu {
    const library = attempt(() => this.openEdgeTpu());
    if ('reason' in library) {
      throw new AgentFailure(
        'edgetpu-library-missing',
        `libedgetpu could not be opened (${library.reason}).`,
      );
    }
    const [device] = library.opened.listDevices();
    if (device === undefined) {
      throw new AgentFailure('edgetpu-missing', 'libedgetpu lists no Edge TPU on this machine.');
    }
    return { library: library.opened, device };
  }

  private openTflite(): TfliteLibrary {
    const given = this.environment['TFLITE_LIB'] ?? '';
    this.tflite ??= openTfliteLibrary(
      tfliteLibraryPath(this.environment),
      given === '' ? 'TensorFlow Lite (bundled)' : 'TensorFlow Lite (TFLITE_LIB)',
    );
    return this.tflite;
  }

  private openEdgeTpu(): EdgeTpuLibrary {
    this.edgeTpu ??= openEdgeTpuLibrary(this.environment);
    return this.edgeTpu;
  }
}

function secondEngine(wasm: WasmEngine | null): string {
  return wasm === null
    ? ''
    : `; ${wasm.version.name} ${wasm.version.version} for networks that it runs faster`;
}

function attempt<Opened>(open: () => Opened): { readonly opened: Opened } | { readonly reason: string } {
  try {
    return { opened: open() };
  } catch (error) {
    return { reason: error instanceof Error ? error.message : String(error) };
  }
}
