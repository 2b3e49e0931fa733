/** Models to load for tests of runtimes: the embedded one, and frozen graphs with random weights. */
import type { Backend } from '../../domain/backend.ts';
import { VOC_CLASSES } from '../../domain/labels/class-list.ts';
import type { LabelMap } from '../../domain/labels/label-map.ts';
import { browserSetup, type BrowserSetup } from '../../domain/setup.ts';
import { importModel } from '../../model-import/import-model.ts';
import type { GraphBuilder } from '../../model-import/testing/graph-builder.ts';
import { frozenBytes } from '../../model-import/testing/graph-builder.ts';
import type { ModelToLoad } from '../../catalogue/model-to-load.ts';
import type { LoadRequest, Runtime } from '../runtime.ts';

const FOLDER = new URL('/models/segscope-mnv2-257/', location.href);

const file = (path: string, url: string) => ({ path, url, bytes: null, sha256: null });

export function embedded(changes: Partial<ModelToLoad> = {}): ModelToLoad {
  const shard = 'tfjs/group1-shard1of1.bin';
  return {
    id: 'embedded',
    name: 'Embedded',
    runtime: 'tfjs',
    graph: file('tfjs/model.json', new URL('tfjs/model.json', FOLDER).href),
    shards: [file(shard, new URL(shard, FOLDER).href)],
    padding: { kind: 'outside' },
    precision: 'float16',
    classList: 'voc',
    classNames: VOC_CLASSES.names,
    ...changes,
  };
}

/** A frozen graph with random weights, converted by the import. */
export function imported(graph: GraphBuilder): ModelToLoad {
  const { files, facts } = importModel([{ path: 'a.pb', bytes: frozenBytes(graph) }], {
    name: 'random',
    weights: 'float32',
    onProgress: () => undefined,
  });
  const own = (path: string) => {
    const bytes = files.find((one) => one.path === path)?.bytes;
    if (bytes === undefined) throw new Error(`The import produced no ${path}.`);
    return file(path, URL.createObjectURL(new Blob([bytes])));
  };
  return embedded({
    id: 'random',
    graph: own('model.json'),
    shards: [own('weights.bin')],
    classNames: Array.from({ length: facts.classes }, (_, index) => `class ${index}`),
  });
}

/** @param changes of the setup: LiteRT.js on the processor, at 257 px, unless it says otherwise */
export function request(model: ModelToLoad, changes: Partial<LoadedAs> = {}): LoadRequest {
  const { backend = 'litert', inputSize = 257, ...change } = changes;
  return { kind: 'load', model, setup: browserSetup(model.id, inputSize, backend, change), contended: false };
}

interface LoadedAs extends Omit<BrowserSetup, 'place' | 'modelId'> {
  readonly backend: Backend;
  readonly threads: number;
}

/** The labels of a picture, from a network that passed its check first if its runtime has one. */
export async function labelsOf(runtime: Runtime, wanted: LoadRequest, picture: Blob): Promise<LabelMap> {
  const { pipeline, prove } = await (await runtime.download(wanted.model, () => undefined)).open(wanted);
  await prove?.();
  const { labelMap } = await pipeline.segment(await createImageBitmap(picture));
  pipeline.dispose();
  return labelMap;
}
