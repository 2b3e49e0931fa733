import { MathBackendWebGL } from '@tensorflow/tfjs-backend-webgl';
import { backend } from '@tensorflow/tfjs-core';
import { expect, test } from 'vitest';
import { browserSetup } from '../domain/setup.ts';
import { VOC_CLASSES } from '../domain/labels/class-list.ts';
import type { WorkerAnswer } from './messages.ts';
import type { ModelToLoad } from '../catalogue/model-to-load.ts';
import { WorkerSession } from './worker-session.ts';

const FOLDER = new URL('/models/segscope-mnv2-257/', location.href);
const LOST = { kind: 'failed', problem: { kind: 'context-lost', backend: 'webgl' }, fatal: true };

const MODEL: ModelToLoad = {
  id: 'segscope-mnv2-257',
  name: 'Segscope MobileNetV2',
  runtime: 'tfjs',
  graph: { path: 'tfjs/model.json', url: new URL('tfjs/model.json', FOLDER).href, bytes: null, sha256: null },
  shards: [],
  padding: { kind: 'outside' },
  precision: 'float16',
  classList: 'voc',
  classNames: VOC_CLASSES.names,
};

async function picture(): Promise<ImageBitmap> {
  return createImageBitmap(new ImageData(257, 193));
}

/** The session runs on this page, so that the test can reach the context that the network runs on. */
test(
  'a lost WebGL context fails the running frame, once and for all, and frees its pixels',
  { timeout: 240_000 },
  async () => {
    const answers: WorkerAnswer[] = [];
    const session = new WorkerSession((answer) => answers.push(answer));
    await session.handle({
      kind: 'load',
      setup: browserSetup(MODEL.id, 257, 'webgl'),
      model: MODEL,
      contended: false,
    });
    expect(answers.at(-1)).toMatchObject({ kind: 'loaded', description: { backend: 'webgl' } });
    const webgl = backend();
    if (!(webgl instanceof MathBackendWebGL)) throw new Error('This is not the WebGL backend.');
    answers.length = 0;

    const pixels = await picture();
    const segmenting = session.handle({ kind: 'segment', frameId: 1, pixels });
    const canvas = webgl.gpgpu.gl.canvas;
    const lost = new Promise((resolve) =>
      canvas.addEventListener('webglcontextlost', resolve, { once: true }),
    );
    webgl.gpgpu.gl.getExtension('WEBGL_lose_context')?.loseContext();
    await Promise.all([segmenting, lost]);
    expect(answers).toEqual([LOST]);
    expect(pixels.width).toBe(0);

    const second = await picture();
    await session.handle({ kind: 'segment', frameId: 2, pixels: second });
    expect(answers).toEqual([LOST, LOST]);
    expect(second.width).toBe(0);
  },
);
