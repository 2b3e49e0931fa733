/** Starts LiteRT.js inside a module worker, with its script and binary from the page's own origin. */
import { Environment, loadLiteRt, supportsFeature } from '@litertjs/core';
import type { LiteRt } from '@litertjs/core';

export interface LitertLibrary {
  readonly liteRt: LiteRt;
  readonly accelerator: 'wasm' | 'webgpu';
  /** 1 for the binary without threads. */
  readonly threads: number;
}

/** Emscripten's output, and the address of the binary that belongs to it. */
interface Build {
  readonly script: string;
  readonly binaryUrl: string;
}

type ModuleFactory = (options: object) => Promise<unknown>;

/**
 * LiteRT.js loads its script by importScripts(), which throws in module workers. So the script is imported as a module,
 * its factory is put where LiteRT.js looks for it, and importScripts() does nothing.
 * @param place a GPU device, or a number of threads. More than one thread needs a cross-origin isolated page and
 * relaxed SIMD (LiteRT.js has no other threaded binary).
 */
export async function loadLitertLibrary(
  place: { readonly threads: number } | { readonly gpu: GPUDevice },
): Promise<LitertLibrary> {
  const wantedThreads = 'gpu' in place ? 1 : place.threads;
  const webGpuDevice = 'gpu' in place ? place.gpu : null;
  const relaxedSimd = await supportsFeature('relaxedSimd');
  const threaded = wantedThreads > 1 && relaxedSimd && crossOriginIsolated;
  const build = await (threaded ? threadedBuild() : relaxedSimd ? plainBuild() : compatibleBuild());
  const scriptUrl = URL.createObjectURL(new Blob([build.script], { type: 'text/javascript' }));
  const moduleUrl = URL.createObjectURL(
    new Blob([build.script, '\nexport default ModuleFactory;\n'], { type: 'text/javascript' }),
  );
  try {
    const imported = (await import(/* @vite-ignore */ moduleUrl)) as { readonly default: ModuleFactory };
    Object.assign(globalThis, {
      ModuleFactory: imported.default,
      Module: {
        locateFile: () => build.binaryUrl,
        mainScriptUrlOrBlob: scriptUrl,
        print: reportFault,
        printErr: reportFault,
      },
      importScripts: () => undefined,
    });
    // By default it would request a GPU for networks on wasm too, and log an error without one.
    Object.assign(Environment, {
      create: () => Promise.resolve(new Environment({ webGpuDevice })),
    });
    const liteRt = await loadLiteRt('/', { threads: threaded });
    const accelerator = webGpuDevice === null ? 'wasm' : 'webgpu';
    return {
      liteRt,
      accelerator,
      threads: threaded ? Math.min(wantedThreads, liteRt.liteRtWasm.getThreadCount()) : 1,
    };
  } finally {
    URL.revokeObjectURL(moduleUrl);
    // All threads have loaded it by now: they start before the binary.
    URL.revokeObjectURL(scriptUrl);
  }
}

/** The library logs every step of its start as an error. */
function reportFault(line: string): void {
  if (!/^((INFO|WARNING|VERBOSE):|I\d{4} )/.test(line)) console.warn(`LiteRT.js: ${line}`);
}

async function plainBuild(): Promise<Build> {
  const [script, binary] = await Promise.all([
    import('@litertjs/core/wasm/litert_wasm_internal.js?raw'),
    import('@litertjs/core/wasm/litert_wasm_internal.wasm?url'),
  ]);
  return { script: script.default, binaryUrl: binary.default };
}

async function threadedBuild(): Promise<Build> {
  const [script, binary] = await Promise.all([
    import('@litertjs/core/wasm/litert_wasm_threaded_internal.js?raw'),
    import('@litertjs/core/wasm/litert_wasm_threaded_internal.wasm?url'),
  ]);
  return { script: script.default, binaryUrl: binary.default };
}

async function compatibleBuild(): Promise<Build> {
  const [script, binary] = await Promise.all([
    import('@litertjs/core/wasm/litert_wasm_compat_internal.js?raw'),
    import('@litertjs/core/wasm/litert_wasm_compat_internal.wasm?url'),
  ]);
  return { script: script.default, binaryUrl: binary.default };
}
