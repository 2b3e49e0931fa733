/** Finds out which backends this browser could run, and on which device, without loading any of them. */
import { allCores, halfOfCores, isSoftwareRenderer, type Backend } from '../../domain/backend.ts';

export type ProbedBackend =
  | {
      readonly backend: Backend;
      readonly kind: 'usable';
      readonly device: string;
      /** If it differs from the backend's default; otherwise null. */
      readonly threads: number | null;
    }
  | { readonly backend: Backend; readonly kind: 'unusable'; readonly reason: string };

/** The parts of WebGPU that the probe reads; TypeScript's DOM library does not have them yet. */
interface GpuNavigator {
  readonly gpu?: {
    requestAdapter(): Promise<{
      readonly info?: {
        readonly vendor: string;
        readonly architecture: string;
        readonly description: string;
      };
      readonly isFallbackAdapter?: boolean;
    } | null>;
  };
}

/** The candidates besides TensorFlow.js on WASM. Asks the browser, measures nothing. */
export async function probeBackends(): Promise<readonly ProbedBackend[]> {
  return [
    probeWebgl(),
    ...(await probeWebgpu()),
    ...litertCandidates(navigator.hardwareConcurrency, globalThis.crossOriginIsolated),
  ];
}

/**
 * The same processor with another library, so there is nothing to ask. The default is half the logical cores. A
 * Raspberry Pi has physical cores only. Whether the other half helps depends on its other work, so we measure both.
 */
export function litertCandidates(logicalCores: number, isolated: boolean): readonly ProbedBackend[] {
  const candidate = (threads: number | null): ProbedBackend => ({
    backend: 'litert',
    kind: 'usable',
    device: `${logicalCores} logical cores`,
    threads,
  });
  const all = allCores(logicalCores);
  return isolated && all > halfOfCores(logicalCores) ? [candidate(null), candidate(all)] : [candidate(null)];
}

function softwareReason(device: string): string {
  return `rendered in software here (${device}), 10 to 30 times slower than WASM on such machines`;
}

function probeWebgl(): ProbedBackend {
  const canvas = new OffscreenCanvas(1, 1);
  const gl = canvas.getContext('webgl2') ?? canvas.getContext('webgl');
  if (gl === null)
    return { backend: 'webgl', kind: 'unusable', reason: 'this browser gives no WebGL context' };
  const info = gl.getExtension('WEBGL_debug_renderer_info');
  const device = String(gl.getParameter(info === null ? gl.RENDERER : info.UNMASKED_RENDERER_WEBGL));
  gl.getExtension('WEBGL_lose_context')?.loseContext();
  return isSoftwareRenderer(device)
    ? { backend: 'webgl', kind: 'unusable', reason: softwareReason(device) }
    : { backend: 'webgl', kind: 'usable', device, threads: null };
}

/** TensorFlow.js and LiteRT.js, on the same device. */
async function probeWebgpu(): Promise<readonly ProbedBackend[]> {
  const webgpu = await probeAdapter();
  return webgpu.kind === 'usable' ? [webgpu, { ...webgpu, backend: 'litert-webgpu' }] : [webgpu];
}

async function probeAdapter(): Promise<ProbedBackend> {
  const { gpu } = navigator as GpuNavigator;
  if (gpu === undefined) return { backend: 'webgpu', kind: 'unusable', reason: 'this browser has no WebGPU' };
  const adapter = await gpu.requestAdapter().catch(() => null);
  if (adapter === null)
    return { backend: 'webgpu', kind: 'unusable', reason: 'WebGPU offers no adapter here' };
  const device = [adapter.info?.vendor, adapter.info?.architecture, adapter.info?.description]
    .filter((part) => part !== undefined && part !== '')
    .join(' ');
  return adapter.isFallbackAdapter === true || isSoftwareRenderer(device)
    ? {
        backend: 'webgpu',
        kind: 'unusable',
        reason: softwareReason(device === '' ? 'fallback adapter' : device),
      }
    : { backend: 'webgpu', kind: 'usable', device, threads: null };
}
