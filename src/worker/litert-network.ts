/** A network that LiteRT.js runs: numbers in, logits out; intermediate tensors are deleted by hand. */
import { Tensor } from '@litertjs/core';
import type { CompiledModel } from '@litertjs/core';
import type { InputEncoding } from '../model-import/tflite/describe-tflite.ts';
import type { LitertLibrary } from './litert-library.ts';
import type { WorkerMemory } from './messages.ts';

export type LitertArray = Float32Array<ArrayBuffer> | Uint8Array<ArrayBuffer>;
/** LiteRT.js cannot read or write int8. */
export type LitertEncoding = Exclude<InputEncoding, 'int8'>;
export type LitertLogits = Float32Array | Uint8Array;

export class LitertNetwork {
  private readonly model: CompiledModel;
  private readonly shape: readonly number[];
  private live = { tensors: 0, bytes: 0 };
  private readonly onGpu: boolean;
  private disposed = false;

  private constructor(model: CompiledModel, shape: readonly number[]) {
    this.model = model;
    this.shape = shape;
    this.onGpu = model.options.accelerator === 'webgpu';
  }

  /** The same network on the CPU, to compare a GPU with; null if it already runs on the CPU. */
  static reference(library: LitertLibrary, bytes: Uint8Array): Promise<LitertNetwork | null> {
    if (library.accelerator === 'wasm') return Promise.resolve(null);
    return LitertNetwork.compile({ ...library, accelerator: 'wasm' }, bytes);
  }

  /** @param bytes a .tflite whose input and output are float32 or uint8; LiteRT.js supports neither int8 nor int64. */
  static async compile(library: LitertLibrary, bytes: Uint8Array): Promise<LitertNetwork> {
    const { accelerator, threads } = library;
    const model = await library.liteRt.loadAndCompile(bytes, {
      accelerator,
      cpuOptions: { numThreads: threads },
      // Half precision, which a GPU may prefer, would change the labels.
      gpuOptions: { precision: 'fp32' },
    });
    // By default, LiteRT.js runs unsupported parts, or everything, on wasm and calls it WebGPU.
    if (model.options.accelerator !== accelerator || !(accelerator === 'wasm' || model.isFullyAccelerated)) {
      model.delete();
      throw new Error('its WebGPU cannot run all of this network');
    }
    const [input] = model.getInputDetails();
    return new LitertNetwork(model, Array.from(input?.shape ?? []));
  }

  /**
   * @param values the whole input, row-major.
   * @returns a copy of the first output.
   */
  async run(values: LitertArray): Promise<LitertLogits> {
    const input = this.count(new Tensor(values, [...this.shape]));
    try {
      const outputs = (await this.model.run(input)).map((tensor) => this.count(tensor));
      try {
        // data() waits for the GPU; values in host memory are read at once.
        const logits = this.onGpu ? await outputs[0]?.data() : outputs[0]?.toTypedArray();
        if (logits instanceof Float32Array || logits instanceof Uint8Array) return logits;
        throw new Error('LiteRT.js gave no readable output.');
      } finally {
        for (const output of outputs) this.remove(output);
      }
    } finally {
      this.remove(input);
    }
  }

  /** Our live tensors; LiteRT.js does not report the memory of the network itself. */
  memory(): WorkerMemory {
    return { ...this.live };
  }

  /** May be called twice. */
  dispose(): void {
    if (this.disposed) return;
    this.disposed = true;
    this.model.delete();
  }

  private count(tensor: Tensor): Tensor {
    this.live.tensors += 1;
    this.live.bytes += tensor.liteRtTensorBuffer.size();
    return tensor;
  }

  private remove(tensor: Tensor): void {
    this.live.tensors -= 1;
    this.live.bytes -= tensor.liteRtTensorBuffer.size();
    tensor.delete();
  }
}
