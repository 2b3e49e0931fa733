/** A history of runs for component tests, generated from a seed: several models and backends, some invalid runs. */
import type { RunRecord } from '../../../domain/measuring/run.ts';
import { NO_EVENTS, makeRun, type RunTraits } from '../../../domain/testing/run-record.ts';

interface Kind extends Pick<RunTraits, 'modelId' | 'backend' | 'inputSize' | 'inferenceMs' | 'pipeline'> {
  readonly modelName: string;
}

const KINDS: readonly Kind[] = [
  kind('segscope-mnv2-257', 'Segscope MobileNetV2', 'wasm', 257, 46),
  kind('segscope-mnv2-257', 'Segscope MobileNetV2', 'webgl', 257, 18),
  kind('mobilenetv2_dm05_coco_voc_trainaug', 'MobileNetV2 0.5, trainaug', 'wasm', 513, 68),
  kind('mobilenetv2_coco_voc_trainval', 'MobileNetV2, trainval', 'webgpu', 513, 31),
  { ...kind('mobilenetv2_coco_voc_trainval', 'MobileNetV2, trainval', 'wasm', 513, 920), pipeline: 'stock' },
];

function kind(
  modelId: string,
  modelName: string,
  backend: Kind['backend'],
  inputSize: number,
  inferenceMs: number,
): Kind {
  return { modelId, modelName, backend, inputSize, inferenceMs, pipeline: 'ours' };
}

/** Newest first, one an hour; in every seventh the tab was hidden once, every ninth drifted. */
export function makeHistory(count: number, frames = 100): readonly RunRecord[] {
  return Array.from({ length: count }, (_, index) => {
    const { modelName, ...traits } = KINDS[index % KINDS.length] as Kind;
    const seed = index + 1;
    const run = makeRun({
      ...traits,
      seed,
      frames,
      name: `${modelName}, ${traits.backend}, no. ${count - index}`,
      drift: index % 9 === 8 ? 0.4 : 0,
      events: index % 7 === 6 ? { ...NO_EVENTS, hidden: 1 } : NO_EVENTS,
      sourcePictures: index % 2 === 0 ? null : { unique: 3 * frames, skipped: 2 * frames },
    });
    return {
      ...run,
      startedAt: new Date(Date.UTC(2026, 10, 22, 14) - index * 3_600_000).toISOString(),
      configuration: {
        ...run.configuration,
        source: index % 2 === 0 ? 'Sample: astronaut' : 'Moving sample: chelsea',
        segmenter: { ...run.configuration.segmenter, modelName },
      },
    };
  });
}
