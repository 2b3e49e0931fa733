/** Reads the command line of npm run models. */
import { parseArgs } from 'node:util';
import { WEIGHT_STORAGES, type WeightStorage } from '../../src/domain/import-report.ts';
import { requireId } from './folders.ts';
import { ModelsError } from './models-problem.ts';

export type Command =
  | { readonly kind: 'help' }
  | { readonly kind: 'list'; readonly json: boolean }
  | {
      readonly kind: 'get';
      readonly id: string;
      readonly from: string | null;
      readonly weights: WeightStorage;
      readonly check: boolean;
      readonly json: boolean;
    }
  | { readonly kind: 'remove'; readonly id: string; readonly json: boolean }
  | {
      readonly kind: 'import';
      readonly paths: readonly string[];
      readonly id: string | null;
      readonly name: string | null;
      readonly weights: WeightStorage;
      readonly check: boolean;
      readonly json: boolean;
    };

export const USAGE = `npm run models -- <command>

  list                 every model of the catalogue and of the models folder, and whether it is installed
  get <id>             download a model from its publisher, check it, convert it, and install it
    --from PLACE       take the publisher's file from a folder or an address instead
  remove <id>          delete a model that get or import installed; nothing else is ever deleted
  import <file...>     install a network of your own: a frozen .pb or its .tar.gz, a .tflite,
                       or a model.json together with all its shards
    --id ID            folder and id of the model          (made from the file's name)
    --name NAME        its name in the page                (made from the file's name)

options of get and import
    --weights FORMAT   float32, float16 or uint8: how converted weights are stored   (float32)
    --no-check         skip the comparison with the published network on a sample photo
options of every command
    --json             the result as JSON on standard output; everything else goes to standard error
    --help             this text

If a download breaks off, run the command again and it resumes. Its SHA-256 must match the catalogue.
If the publisher gives none, that of the first download is stored in .segscope/downloads/pins.json and
must match from then on. A model is installed completely or not at all.

Models are installed in public/models, or in MODELS_DIR if that is set (set it for npm start too).
The exit code is 0 on success, 1 on failure, 2 for a wrong command line.`;

/** @throws ModelsError usage, id-invalid */
export function readCommand(argv: readonly string[]): Command {
  const { values, positionals } = parse(argv);
  const [command, ...rest] = positionals;
  const { json, from } = values;
  if (values.help || command === undefined || command === 'help') return { kind: 'help' };
  const { weights, check } = { weights: weightsOf(values.weights), check: values.check };
  const onlyFor = (option: string, given: unknown, commands: readonly string[]) => {
    if (given !== undefined && !commands.includes(command)) {
      throw usage(`--${option} belongs to ${commands.join(' and ')}, not to ${command}.`);
    }
  };
  onlyFor('from', from, ['get']);
  onlyFor('id', values.id, ['import']);
  onlyFor('name', values.name, ['import']);
  onlyFor('weights', values.weights, ['get', 'import']);
  switch (command) {
    case 'list':
      if (rest.length > 0) throw usage(`list takes nothing else, but got "${rest.join(' ')}".`);
      return { kind: 'list', json };
    case 'get':
      return { kind: 'get', id: oneId('get', rest), from: from ?? null, weights, check, json };
    case 'remove':
      return { kind: 'remove', id: oneId('remove', rest), json };
    case 'import':
      if (rest.length === 0) throw usage('import needs the file or files of one network.');
      if (values.name?.trim() === '') throw usage('--name is empty.');
      return {
        kind: 'import',
        paths: rest,
        id: values.id === undefined ? null : requireId(values.id),
        name: values.name ?? null,
        weights,
        check,
        json,
      };
    default:
      throw usage(`There is no command "${command}".`);
  }
}

function parse(argv: readonly string[]) {
  try {
    return parseArgs({
      args: [...argv],
      allowPositionals: true,
      allowNegative: true,
      options: {
        json: { type: 'boolean', default: false },
        help: { type: 'boolean', default: false },
        check: { type: 'boolean', default: true },
        from: { type: 'string' },
        id: { type: 'string' },
        name: { type: 'string' },
        weights: { type: 'string' },
      },
    });
  } catch (error) {
    throw usage(error instanceof Error ? error.message : String(error));
  }
}

function oneId(command: string, rest: readonly string[]): string {
  const [id, ...more] = rest;
  if (id === undefined || more.length > 0) throw usage(`${command} needs the id of one model.`);
  return requireId(id);
}

function weightsOf(given: string | undefined): WeightStorage {
  const found = WEIGHT_STORAGES.find((weights) => weights === (given ?? 'float32'));
  if (found === undefined)
    throw usage(`--weights ${given ?? ''} is unknown: use ${WEIGHT_STORAGES.join(', ')}.`);
  return found;
}

function usage(detail: string): ModelsError {
  return new ModelsError({ kind: 'usage', detail });
}
