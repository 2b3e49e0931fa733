/** Reads the command line of `npm run evaluate`. */
import { existsSync, statSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { BACKENDS, isBackend, type Backend } from '../../src/domain/backend.ts';
import { PIPELINES, type Pipeline, type Preprocessing } from '../../src/domain/configuration.ts';

export interface EvaluateOptions {
  readonly images: string;
  readonly masks: string;
  readonly list: string | null;
  readonly mapping: string | null;
  readonly model: string;
  readonly backend: Backend;
  readonly preprocessing: Preprocessing;
  /** null: the largest size of the model, the one that VOC's protocol wants. */
  readonly inputSize: number | null;
  readonly pipeline: Pipeline;
  readonly limit: number | null;
  readonly build: boolean;
  readonly gpu: boolean;
  readonly json: string | null;
  readonly skipped: string | null;
}

export const USAGE = `npm run evaluate -- --images DIR --masks DIR [options]
  --images DIR       pictures (JPEG, PNG, WebP)
  --masks DIR        PNG masks of the same names, class indices, 255 = void
  --list FILE        names to score, one a line          (all pairs)
  --mapping FILE     JSON {"mask value": class or 255}, or cityscapes-label-ids or ade20k
  --model ID         model of the catalogue              (segscope-mnv2-257)
  --backend NAME     ${BACKENDS.join(', ')}            (wasm)
  --preprocess NAME  pad: own size, padded; fit: longest side scaled (pad)
  --size N           input size                          (the model's largest)
  --pipeline NAME    ${PIPELINES.join(' or ')}                       (ours)
  --limit N          the first N pictures only
  --json FILE        write the result as JSON
  --skipped FILE     write everything left out as CSV
  --gpu              use the machine's GPU (webgl, webgpu)
  --no-build         use dist/ as it is
MODELS_DIR names a folder with further models.
Exit code: 0 when every picture was scored or left out with its reason, 1 when it could not finish, 2 for bad options.`;

const PREPROCESSINGS: Readonly<Record<string, Preprocessing>> = { pad: 'native', fit: 'fit' };

/** @throws Error with one sentence when an option cannot be understood. */
export function readEvaluateOptions(argv: readonly string[]): EvaluateOptions {
  const { values } = parseArgs({
    args: [...argv],
    allowNegative: true,
    options: {
      images: { type: 'string' },
      masks: { type: 'string' },
      list: { type: 'string' },
      mapping: { type: 'string' },
      model: { type: 'string', default: 'segscope-mnv2-257' },
      backend: { type: 'string', default: 'wasm' },
      preprocess: { type: 'string', default: 'pad' },
      size: { type: 'string' },
      pipeline: { type: 'string', default: 'ours' },
      limit: { type: 'string' },
      json: { type: 'string' },
      skipped: { type: 'string' },
      gpu: { type: 'boolean', default: false },
      build: { type: 'boolean', default: true },
    },
  });
  const { backend, pipeline, preprocess } = values;
  if (!isBackend(backend)) throw new Error(`--backend ${backend} is unknown: use ${BACKENDS.join(', ')}.`);
  const preprocessing = PREPROCESSINGS[preprocess];
  if (preprocessing === undefined) {
    throw new Error(
      `--preprocess ${preprocess} is unknown: use ${Object.keys(PREPROCESSINGS).join(' or ')}.`,
    );
  }
  if (!(PIPELINES as readonly string[]).includes(pipeline)) {
    throw new Error(`--pipeline ${pipeline} is unknown: use ${PIPELINES.join(' or ')}.`);
  }
  return {
    images: folder('--images', values.images),
    masks: folder('--masks', values.masks),
    list: values.list === undefined ? null : file('--list', values.list),
    mapping: values.mapping ?? null,
    model: values.model,
    backend,
    preprocessing,
    inputSize: values.size === undefined ? null : whole('--size', values.size),
    pipeline: pipeline as Pipeline,
    limit: values.limit === undefined ? null : whole('--limit', values.limit),
    build: values.build,
    gpu: values.gpu,
    json: values.json ?? null,
    skipped: values.skipped ?? null,
  };
}

function folder(name: string, path: string | undefined): string {
  if (path === undefined) throw new Error(`${name} is missing: it names a folder.`);
  if (!existsSync(path) || !statSync(path).isDirectory()) throw new Error(`${name} ${path} is no folder.`);
  return path;
}

function file(name: string, path: string): string {
  if (!existsSync(path) || !statSync(path).isFile()) throw new Error(`${name} ${path} is no file.`);
  return path;
}

function whole(name: string, text: string): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 1)
    throw new Error(`${name} ${text} is not a whole number above 0.`);
  return value;
}
