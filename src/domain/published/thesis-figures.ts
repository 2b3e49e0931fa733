/** The thesis's tables 5-1 to 6-2 as reference figures: seconds become milliseconds, its stages become ours. */
import type { ReferenceFigure, ReferenceStatistic } from './reference-figure.ts';
import type { Duration } from '../measuring/run-columns.ts';
import thesis from './thesis-figures.json' with { type: 'json' };

/** One row of the file; each row has only some of the statistics. */
type ThesisRow = (typeof thesis)['rows'][number];

/** The thesis's inference ends with the class per pixel, so it includes our postprocess. */
const STAGES: Readonly<Record<string, readonly Duration[]>> = {
  capture: ['capture'],
  resize: ['preprocess'],
  inference: ['inference', 'postprocess'],
  execution: ['frame'],
};

const DEVICE_NAMES: Readonly<Record<string, string>> = {
  laptop: 'laptop',
  vm: 'virtual machine',
  rpi4: 'Raspberry Pi 4',
  'rpi4-coral': 'Raspberry Pi 4 + Edge TPU',
};

/** Catalogue ids for printed names that are longer. */
const MODEL_IDS: Readonly<Record<string, string>> = {
  'mobilenetv2_dm05_coco_voc_trainval int8, calibrated on random images (dummy)':
    'mobilenetv2_dm05_coco_voc_trainval',
  'mobilenetv2_dm05_coco_voc_trainval int8, calibrated on 30 webcam images (smarty)':
    'mobilenetv2_dm05_coco_voc_trainval',
};

const STATISTICS = ['max', 'max_1', 'max_2', 'max_3', 'min'] as const satisfies readonly ReferenceStatistic[];

/** Its DeepLab graphs scale the longest side of the picture to this many pixels. */
const INPUT_SIZE = 513;

/** Every measured duration of the thesis, in the order of its tables. */
export const THESIS_FIGURES: readonly ReferenceFigure[] = thesis.rows.flatMap(figuresOf);

/** The table that compares a Raspberry Pi 4 with the same board and a Coral stick. */
export const THESIS_AGENT_FIGURES = thesis.rows.filter(({ table }) => table === '6-2').flatMap(figuresOf);

/** The thesis's requirement for video: a frame in 41.6 ms. */
export const THESIS_VIDEO_LIMIT: ReferenceFigure = {
  publisher: 'thesis',
  citation: 'thesis, limit for video',
  model: 'any',
  modelId: null,
  device: 'any',
  deviceName: 'any',
  stage: 'frame',
  durations: ['frame'],
  statistic: 'limit',
  ms: milliseconds(thesis.video_threshold_s),
  cold: false,
  inputSize: null,
  precision: null,
  caveats: [],
};

function figuresOf(row: ThesisRow): readonly ReferenceFigure[] {
  const durations = STAGES[row.stage];
  if (durations === undefined) throw new RangeError(`The thesis has no stage "${row.stage}".`);
  const onEdgeTpu = row.device === 'rpi4-coral';
  return STATISTICS.flatMap((statistic) => {
    const seconds = statisticOf(row, statistic);
    if (seconds === undefined) return [];
    return {
      publisher: 'thesis',
      citation: `thesis, table ${row.table}`,
      model: row.model,
      modelId: MODEL_IDS[row.model] ?? row.model,
      device: deviceOf(row),
      deviceName: DEVICE_NAMES[row.device] ?? row.device,
      stage: row.stage,
      durations,
      statistic,
      ms: milliseconds(seconds),
      // On the Edge TPU each process ran one inference (see the file's note), so every value is a first inference.
      cold: onEdgeTpu || statistic === 'max_1',
      inputSize: INPUT_SIZE,
      precision: onEdgeTpu ? 'int8' : 'float32',
      caveats: caveatsOf(row),
    };
  });
}

function statisticOf(row: ThesisRow, statistic: (typeof STATISTICS)[number]): number | undefined {
  switch (statistic) {
    case 'min':
      return row.min;
    case 'max':
      return 'max' in row ? row.max : undefined;
    case 'max_1':
      return 'max_1' in row ? row.max_1 : undefined;
    case 'max_2':
      return 'max_2' in row ? row.max_2 : undefined;
    case 'max_3':
      return 'max_3' in row ? row.max_3 : undefined;
  }
}

function deviceOf(row: ThesisRow): string {
  const devices: Readonly<Record<string, string>> = thesis.devices;
  return devices[row.device] ?? row.device;
}

function caveatsOf(row: ThesisRow): readonly string[] {
  if (row.stage === 'execution')
    return ["The thesis's execution time covers its whole run; here it is compared with one frame."];
  return row.stage === 'inference'
    ? ["The thesis's inference includes postprocess, so both are summed here."]
    : [];
}

/** Rounded to the file's own resolution, 0.1 ns, so that 0.0416 s is 41.6 ms and not 41.600000000000001. */
function milliseconds(seconds: number): number {
  return Math.round(seconds * 1e10) / 1e7;
}
