import { describe, expect, test } from 'vitest';
import type { Configuration, SegmenterDescription } from './configuration.ts';
import type { RunRecord } from './run.ts';
import { makeAgentRun, makeRun } from '../testing/run-record.ts';
import { unlikeConditions } from './unlike-runs.ts';

const run = makeRun();
const withSegmenter = (change: Partial<SegmenterDescription>): RunRecord =>
  withConfiguration({ segmenter: { ...run.configuration.segmenter, ...change } });
const withConfiguration = (change: Partial<Configuration>): RunRecord => ({
  ...run,
  configuration: { ...run.configuration, ...change },
});

describe('unlikeConditions', () => {
  test('finds nothing between two runs of one configuration', () =>
    expect(unlikeConditions(run, makeRun({ seed: 2, frames: 1024 }))).toEqual([]));

  test.each<[string, RunRecord]>([
    ['Other output stride: 16 and unknown.', withSegmenter({ outputStride: null })],
    ['Other input size: 257 px and 513 px.', withSegmenter({ inputSize: 513 })],
    ['Other precision: float16 and float32.', withSegmenter({ precision: 'float32' })],
    ['Other pre-processing: fit and native.', withSegmenter({ preprocessing: 'native' })],
    ['Other pipeline: ours and stock.', withSegmenter({ pipeline: 'stock' })],
    ['Other backend: wasm and webgl.', withSegmenter({ backend: 'webgl' })],
    ['Other device: x86_64 processor and Cortex-A72.', withSegmenter({ device: 'Cortex-A72' })],
    ['Other number of threads: 1 and 4.', withSegmenter({ threads: 4 })],
    ['Other use of float16 textures: not applicable and yes.', withSegmenter({ float16Textures: true })],
    [
      'Other source: Sample: astronaut, 512 x 512 and Sample: astronaut (replayed), 512 x 512.',
      { ...run, sourceKey: 'replay' },
    ],
    [
      'Other source: Sample: astronaut, 512 x 512 and Sample: astronaut, 640 x 480.',
      withConfiguration({ sourceWidth: 640, sourceHeight: 480 }),
    ],
    ['Other cross-origin isolation: yes and no.', withConfiguration({ crossOriginIsolated: false })],
  ])('%s', (sentence, other) => expect(unlikeConditions(run, other)).toEqual([sentence]));

  test('reports another model with its depth multiplier and training split, not with its files', () => {
    const other = withSegmenter({ modelId: 'mobilenetv2_dm05_coco_voc_trainval', files: [] });
    expect(unlikeConditions(run, other)).toEqual([
      'Other model: segscope-mnv2-257 and mobilenetv2_dm05_coco_voc_trainval.',
      'Other depth multiplier: 1 and 0.5.',
      'Other training split: own and trainval.',
    ]);
  });

  test('reports other files under the same id, unless another pipeline needs them', () => {
    const files = [{ path: 'model.json', bytes: 1, sha256: 'ef'.repeat(32) }];
    expect(unlikeConditions(run, withSegmenter({ files }))).toEqual([
      'Other files under the same model id (SHA-256): model.json abababababab, group1-shard1of1.bin cdcdcdcdcdcd and model.json efefefefefef.',
    ]);
    expect(unlikeConditions(run, withSegmenter({ files, pipeline: 'stock' }))).toEqual([
      'Other pipeline: ours and stock.',
    ]);
  });

  test('a model outside the catalogue has an unknown depth multiplier, an Xception has none', () => {
    const unlike = unlikeConditions(
      withSegmenter({ modelId: 'my-own' }),
      withSegmenter({ modelId: 'xception65_coco_voc_trainaug' }),
    );
    expect(unlike).toContain('Other depth multiplier: unknown and none.');
  });
});

test('distinguishes a run on an agent from one in the browser, and agents from each other', () => {
  expect(unlikeConditions(makeRun(), makeAgentRun())).toEqual(
    expect.arrayContaining([
      'Other backend: wasm and tflite.',
      'Other place: this browser and CPU of localhost:8590 (Raspberry Pi 4 Model B Rev 1.4).',
    ]),
  );
  const onTpu = (usbPort: 'USB 2' | 'USB 3') => {
    const run = makeAgentRun({}, { deviceAsked: 'edgetpu', deviceUsed: 'edgetpu' });
    const { segmenter } = run.configuration;
    const machine = { ...segmenter.machine, usbPort, edgeTpuLibrary: 'libedgetpu 16.0' };
    return { ...run, configuration: { ...run.configuration, segmenter: { ...segmenter, machine } } };
  };
  const stick = 'Edge TPU of localhost:8590 (Raspberry Pi 4 Model B Rev 1.4)';
  expect(unlikeConditions(onTpu('USB 2'), onTpu('USB 3'))).toEqual([
    `Other place: ${stick} on USB 2 with libedgetpu 16.0 and ${stick} on USB 3 with libedgetpu 16.0.`,
  ]);
  expect(unlikeConditions(makeAgentRun(), makeAgentRun())).toEqual([]);
  expect(unlikeConditions(makeAgentRun(), makeAgentRun({ codec: 'jpeg85' }))).toEqual([
    'Other codec of the frames: raw and JPEG 85.',
  ]);
  expect(unlikeConditions(makeRun(), makeAgentRun()).join(' ')).not.toContain('codec');
});
