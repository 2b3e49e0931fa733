/** The configuration of each run and the files of its model: a figure may only be quoted with these. */
import {
  agentDeviceName,
  isOnAgent,
  placeName,
  type AnyDescription,
  modelWords,
} from '../domain/agent-description.ts';
import type { Configuration } from '../domain/measuring/configuration.ts';
import { jpegQuality01, type FrameCodec } from '../domain/frame-codec.ts';
import { REPLAY_KEY, type RunRecord } from '../domain/measuring/run.ts';
import { UNKNOWN } from '../domain/quantity.ts';
import { codecOf } from '../domain/setup.ts';
import { labelOf, type RunLabels } from './run-label.ts';
import { code, count, number, prose, tableOf, text, type Table } from './table.ts';

export function configurationTable(runs: readonly RunRecord[], labels: RunLabels): Table {
  return tableOf(
    { id: 'configuration', title: 'Configuration' },
    runs.flatMap((run) => conditionsOf(run).map(([name, value]) => ({ run, name, value }))),
    [
      text('run', ({ run }) => labelOf(labels, run)),
      text('condition', ({ name }) => name),
      prose('value', ({ value }) => value),
    ],
  );
}

/** One line per distinct file: the same model is listed once. */
export function filesTable(runs: readonly RunRecord[]): Table {
  return tableOf({ id: 'model-files', title: 'Model files' }, modelFiles(runs), [
    text('model', ({ modelId }) => modelId),
    text('file', ({ path }) => path),
    number('bytes', ({ bytes }) => count(bytes)),
    code('SHA-256', ({ sha256 }) => sha256),
  ]);
}

export interface ModelFileSum {
  readonly modelId: string;
  /** Path below the model's folder. */
  readonly path: string;
  readonly bytes: number;
  readonly sha256: string;
}

/** Every distinct file of the runs' models, in the order of the runs. */
export function modelFiles(runs: readonly RunRecord[]): readonly ModelFileSum[] {
  const files = new Map<string, ModelFileSum>();
  for (const { configuration } of runs) {
    const { modelId, files: own } = configuration.segmenter;
    for (const file of own) files.set(`${modelId}/${file.path} ${file.sha256}`, { modelId, ...file });
  }
  return [...files.values()];
}

const yesNo = (value: boolean | null) => (value === null ? UNKNOWN : value ? 'yes' : 'no');
const orUnknown = (value: number | null) => (value === null ? UNKNOWN : String(value));

/** Condition and value, in reading order. */
function conditionsOf(run: RunRecord): readonly (readonly [string, string])[] {
  const { configuration, target, notes } = run;
  const { segmenter } = configuration;
  return [
    ['model', modelWords(segmenter)],
    ['runtime', segmenter.runtime],
    ['backend', placeName(segmenter)],
    ['device', `${segmenter.device}${segmenter.softwareRendered ? ' (software rendering)' : ''}`],
    ['input size (px)', String(segmenter.inputSize)],
    ['output stride', orUnknown(segmenter.outputStride)],
    ['precision', segmenter.precision],
    ['pre-processing', preprocessingInWords(segmenter.preprocessing)],
    ['pipeline', pipelineInWords(segmenter)],
    ['SIMD', yesNo(segmenter.simd)],
    ['threads', orUnknown(segmenter.threads)],
    ['float16 textures', yesNo(segmenter.float16Textures)],
    ...agentConditions(run),
    ['source', sourceInWords(run)],
    [
      'target',
      `${target.frames} frames and ${target.seconds} s, after ${target.warmUpFrames} warm-up frames`,
    ],
    ['page', pageInWords(configuration)],
    ['logical processors', String(configuration.hardwareConcurrency)],
    ['browser', configuration.userAgent],
    ['started', run.startedAt],
    ['Segscope', configuration.segscopeVersion],
    ...(notes.trim() === '' ? [] : ([['notes', notes.trim()]] as const)),
  ];
}

function pipelineInWords(segmenter: AnyDescription): string {
  if (isOnAgent(segmenter)) {
    return segmenter.tail === 'cut'
      ? 'ours: the file cut before its resizing and argmax'
      : 'stock: the file as published';
  }
  return segmenter.pipeline === 'ours' ? 'ours' : 'stock: segment() of @tensorflow-models/deeplab';
}

/** How an agent describes itself; empty for a run in the browser. */
function agentConditions({
  setup,
  configuration: { segmenter },
}: RunRecord): readonly (readonly [string, string])[] {
  if (!isOnAgent(segmenter)) return [];
  const { agentAddress, deviceAsked, deviceUsed, operatorsOnTpu, operatorsOnCpu, machine } = segmenter;
  return [
    ['agent', `${agentAddress}, version ${machine.agentVersion}, Node ${machine.node}`],
    ['machine', `${machine.board ?? 'board unknown'}, ${machine.system}, ${machine.cores} cores`],
    ['frame codec', codecInWords(codecOf(setup))],
    ['requested device', agentDeviceName(deviceAsked)],
    ['device used', agentDeviceName(deviceUsed)],
    ['operators', `${operatorsOnTpu} on the Edge TPU, ${operatorsOnCpu} on the CPU`],
    ['libedgetpu', machine.edgeTpuLibrary ?? UNKNOWN],
    ['USB port of the Coral stick', machine.usbPort ?? UNKNOWN],
  ];
}

function codecInWords(codec: FrameCodec): string {
  const quality = jpegQuality01(codec);
  return quality === null
    ? `${codec}: three bytes per pixel, lossless`
    : `${codec}: JPEG of quality ${quality}, which changes labels`;
}

function preprocessingInWords(preprocessing: Configuration['segmenter']['preprocessing']): string {
  return preprocessing === 'fit'
    ? 'fit: longest side scaled to the input size, padded right and bottom'
    : 'native: own size, padded right and bottom';
}

function sourceInWords({
  sourceKey,
  configuration: { source, sourceWidth, sourceHeight },
}: RunRecord): string {
  const replayed = sourceKey === REPLAY_KEY ? ', recorded once and replayed' : '';
  return `${source}, ${sourceWidth} x ${sourceHeight}${replayed}`;
}

function pageInWords({ pageVisible, crossOriginIsolated }: Configuration<AnyDescription>): string {
  return `${pageVisible ? 'visible' : 'hidden'} at the start, ${crossOriginIsolated ? '' : 'not '}cross-origin isolated`;
}
