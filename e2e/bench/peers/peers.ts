/** Other web segmenters on the same picture and the same .tflite, each used as its documentation recommends. */
import { FilesetResolver, ImageSegmenter } from '@mediapipe/tasks-vision';
import { loadAndCompile, loadLiteRt, Tensor } from '@litertjs/core';

export const PEERS = ['mediapipe', 'litert'] as const;
export type PeerName = (typeof PEERS)[number];

export interface Peer {
  /** Side of the square that the network sees, px. */
  readonly inputSize: number;
  /** Segments the picture at the network's own size; returns the label map and the time it took, ms. */
  segment(picture: ImageBitmap): Promise<{ readonly labels: Uint8Array; readonly ms: number }>;
}

/** Address of the libraries' binaries. */
export interface PeerAddresses {
  readonly mediapipe: string;
  readonly litert: string;
}

export interface PeersPage {
  open(name: PeerName, model: Uint8Array, addresses: PeerAddresses): Promise<Peer>;
}

const openers: Readonly<Record<PeerName, PeersPage['open']>> = {
  mediapipe: (_, model, { mediapipe }) => openMediaPipe(model, mediapipe),
  litert: (_, model, { litert }) => openLiteRt(model, litert),
};

Object.assign(globalThis, {
  peers: { open: (name, model, addresses) => openers[name](name, model, addresses) } satisfies PeersPage,
});

async function openMediaPipe(model: Uint8Array, address: string): Promise<Peer> {
  const fileset = await FilesetResolver.forVisionTasks(address);
  const segmenter = await ImageSegmenter.createFromOptions(fileset, {
    baseOptions: { modelAssetBuffer: model, delegate: 'CPU' },
    runningMode: 'IMAGE',
    outputCategoryMask: true,
    outputConfidenceMasks: false,
  });
  const square = squareCanvas(257);
  return {
    inputSize: 257,
    segment(picture) {
      const started = performance.now();
      square.fill(picture);
      const { categoryMask } = segmenter.segment(square.canvas);
      if (categoryMask === undefined) throw new Error('MediaPipe gave no category mask.');
      const labels = categoryMask.getAsUint8Array().slice();
      const ms = performance.now() - started;
      categoryMask.close();
      return Promise.resolve({ labels, ms });
    },
  };
}

async function openLiteRt(model: Uint8Array, address: string): Promise<Peer> {
  await loadLiteRt(address);
  const compiled = await loadAndCompile(model, { accelerator: 'wasm' });
  const [details] = compiled.getInputDetails();
  const side = details?.shape[1] ?? 0;
  const square = squareCanvas(side);
  const values = new Float32Array(side * side * 3);
  return {
    inputSize: side,
    async segment(picture) {
      const started = performance.now();
      const { data } = square.fill(picture);
      for (let from = 0, to = 0; from < data.length; from += 4) {
        values[to++] = (data[from] ?? 0) / 127.5 - 1;
        values[to++] = (data[from + 1] ?? 0) / 127.5 - 1;
        values[to++] = (data[from + 2] ?? 0) / 127.5 - 1;
      }
      const input = new Tensor(values, [1, side, side, 3]);
      const [output] = await compiled.run([input]);
      if (output === undefined) throw new Error('LiteRT.js gave no output.');
      const scores = (await output.data()) as Float32Array;
      const labels = argmax(scores, side * side);
      const ms = performance.now() - started;
      input.delete();
      output.delete();
      return { labels, ms };
    },
  };
}

function argmax(scores: Float32Array, pixels: number): Uint8Array {
  const classes = scores.length / pixels;
  const labels = new Uint8Array(pixels);
  for (let pixel = 0; pixel < pixels; pixel++) {
    let best = 0;
    for (let label = 1; label < classes; label++) {
      if ((scores[pixel * classes + label] ?? 0) > (scores[pixel * classes + best] ?? 0)) best = label;
    }
    labels[pixel] = best;
  }
  return labels;
}

/** The picture fitted into the top left of a grey square, as Segscope does it. */
function squareCanvas(side: number) {
  const canvas = new OffscreenCanvas(side, side);
  const context = canvas.getContext('2d', { alpha: false, willReadFrequently: true });
  if (context === null) throw new Error('The browser gives no 2D context.');
  return {
    canvas,
    fill(picture: ImageBitmap): ImageData {
      const scale = side / Math.max(picture.width, picture.height);
      context.fillStyle = 'rgb(127 127 127)';
      context.fillRect(0, 0, side, side);
      context.drawImage(picture, 0, 0, Math.round(picture.width * scale), Math.round(picture.height * scale));
      return context.getImageData(0, 0, side, side);
    },
  };
}
