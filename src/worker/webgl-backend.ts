/** Starts TensorFlow.js's WebGL backend and watches its context. */
import { MathBackendWebGL, setWebGLContext } from '@tensorflow/tfjs-backend-webgl';
import { backend, env, setBackend } from '@tensorflow/tfjs-core';
import { isSoftwareRenderer } from '../domain/backend.ts';
import { endOnce } from './backend-end.ts';
import { DeathWatch } from './death-watch.ts';
import type { RunningBackend } from './running-backend.ts';

/** @throws Error when the browser has no usable WebGL 2 context. */
export async function startWebglBackend(): Promise<RunningBackend> {
  // Software rendering is detected by name and shown; TensorFlow.js's own context would refuse to run on it.
  const canvas = new OffscreenCanvas(1, 1);
  const gl = canvas.getContext('webgl2', {
    alpha: false,
    antialias: false,
    depth: false,
    stencil: false,
    premultipliedAlpha: false,
    powerPreference: 'high-performance',
  });
  if (gl === null) throw new Error('the browser has no WebGL 2 context');
  setWebGLContext(2, gl);
  if (!(await setBackend('webgl'))) throw new Error('TensorFlow.js cannot use its WebGL');
  const webgl = backend();
  if (!(webgl instanceof MathBackendWebGL)) throw new Error('TensorFlow.js started another backend');
  const device = rendererOf(gl);
  const watch = new DeathWatch();
  const lose = () => watch.die({ kind: 'context-lost', backend: 'webgl' });
  canvas.addEventListener('webglcontextlost', lose);
  const end = endOnce('webgl');
  return {
    facts: {
      backend: 'webgl',
      device,
      softwareRendered: isSoftwareRenderer(device),
      simd: null,
      threads: null,
      // Not floatPrecision(): it returns 16 on every device that can render to float32.
      float16Textures: !env().getBool('WEBGL_RENDER_FLOAT32_ENABLED'),
    },
    upload: (tensor) => {
      webgl.uploadToGPU(tensor.dataId);
      waitForDevice(gl);
    },
    read: (tensor) => tensor.dataSync<'float32'>(),
    death: () => {
      // The event is a separate task, too late for the running frame.
      if (gl.isContextLost()) lose();
      return watch.death();
    },
    onDeath: (listener) => watch.onDeath(listener),
    close: () => {
      canvas.removeEventListener('webglcontextlost', lose);
      end();
    },
  };
}

function rendererOf(gl: WebGL2RenderingContext): string {
  const info = gl.getExtension('WEBGL_debug_renderer_info');
  const name: unknown = gl.getParameter(info === null ? gl.RENDERER : info.UNMASKED_RENDERER_WEBGL);
  return typeof name === 'string' ? name : 'unknown renderer';
}

/**
 * Chromium's gl.finish() only flushes; reading one pixel back returns after the commands before it were executed.
 * https://source.chromium.org/chromium/chromium/src/+/main:third_party/blink/renderer/modules/webgl/
 */
function waitForDevice(gl: WebGL2RenderingContext): void {
  const bound: unknown = gl.getParameter(gl.FRAMEBUFFER_BINDING);
  gl.bindFramebuffer(gl.FRAMEBUFFER, null);
  gl.readPixels(0, 0, 1, 1, gl.RGBA, gl.UNSIGNED_BYTE, new Uint8Array(4));
  gl.bindFramebuffer(gl.FRAMEBUFFER, bound instanceof WebGLFramebuffer ? bound : null);
}
