/** Every way in which npm run models can fail, with its sentence and next step. */

export type ModelsProblem =
  | { readonly kind: 'usage'; readonly detail: string }
  | { readonly kind: 'id-invalid'; readonly id: string }
  | { readonly kind: 'id-unknown'; readonly id: string; readonly nearest: readonly string[] }
  | { readonly kind: 'id-catalogued'; readonly id: string }
  | { readonly kind: 'shipped'; readonly id: string }
  | { readonly kind: 'already-installed'; readonly id: string }
  | { readonly kind: 'placed-by-hand'; readonly id: string; readonly folder: string }
  | { readonly kind: 'not-installed'; readonly id: string }
  | { readonly kind: 'file-unreadable'; readonly path: string; readonly detail: string }
  | { readonly kind: 'unreachable'; readonly url: string; readonly detail: string }
  | { readonly kind: 'refused'; readonly url: string; readonly status: number }
  | { readonly kind: 'web-page'; readonly url: string }
  | {
      readonly kind: 'other-size';
      readonly url: string;
      readonly expectedBytes: number;
      readonly actualBytes: number;
    }
  | { readonly kind: 'broken-off'; readonly url: string; readonly bytes: number; readonly detail: string }
  | {
      readonly kind: 'other-file';
      readonly url: string;
      readonly expectedSha256: string;
      readonly actualSha256: string;
    }
  | { readonly kind: 'no-source'; readonly id: string; readonly reasons: readonly string[] }
  | { readonly kind: 'disk-full'; readonly folder: string }
  | { readonly kind: 'not-writable'; readonly folder: string; readonly detail: string }
  | { readonly kind: 'not-for-runtime'; readonly id: string; readonly found: string };

export class ModelsError extends Error {
  override readonly name = 'ModelsError';
  readonly problem: ModelsProblem;

  constructor(problem: ModelsProblem, options?: ErrorOptions) {
    super(describeModelsProblem(problem).sentence, options);
    this.problem = problem;
  }
}

interface ProblemText {
  readonly sentence: string;
  readonly nextStep: string;
}

const say = (sentence: string, nextStep: string): ProblemText => ({ sentence, nextStep });
const FROM_ELSEWHERE =
  'If you have the file elsewhere, pass its folder or address with --from; otherwise try again later.';

export function describeModelsProblem(problem: ModelsProblem): ProblemText {
  switch (problem.kind) {
    case 'usage':
      return say(problem.detail, 'Run "npm run models -- --help" for the commands.');
    case 'id-invalid':
      return say(
        `"${problem.id}" is not a model id: only letters, digits, ".", "_" and "-", starting with a letter or digit.`,
        'Run "npm run models -- list" for the ids.',
      );
    case 'id-unknown':
      return say(
        `There is no model "${problem.id}" in the catalogue.`,
        problem.nearest.length === 0
          ? 'Run "npm run models -- list" for the ids.'
          : `Did you mean ${problem.nearest.join(' or ')}?`,
      );
    case 'id-catalogued':
      return say(
        `"${problem.id}" is the id of a model in the catalogue.`,
        'Choose another one with --id, or fetch that model with "npm run models -- get".',
      );
    case 'shipped':
      return say(
        `"${problem.id}" is part of Segscope itself.`,
        'It is always installed; if its folder is missing, restore it from the repository.',
      );
    case 'already-installed':
      return say(
        `There is already a model "${problem.id}".`,
        `Remove it first: npm run models -- remove ${problem.id}.`,
      );
    case 'placed-by-hand':
      return say(
        `The folder ${problem.folder} was not made by this command, so it is left alone.`,
        'Move or delete it yourself if you no longer need it.',
      );
    case 'not-installed':
      return say(
        `There is no installed model "${problem.id}".`,
        'Run "npm run models -- list" to see what is installed.',
      );
    case 'file-unreadable':
      return say(
        `"${problem.path}" cannot be read (${problem.detail}).`,
        'Check the path and its permissions.',
      );
    case 'unreachable':
      return say(`${hostOf(problem.url)} is not reachable (${problem.detail}).`, FROM_ELSEWHERE);
    case 'refused':
      return say(`${problem.url} answered ${refusal(problem.status)}.`, FROM_ELSEWHERE);
    case 'web-page':
      return say(
        `${problem.url} answered with a web page instead of the file, as login and error pages do.`,
        FROM_ELSEWHERE,
      );
    case 'other-size':
      return say(
        `${problem.url} holds ${problem.actualBytes} bytes instead of ${problem.expectedBytes}: it is not the expected file.`,
        FROM_ELSEWHERE,
      );
    case 'broken-off':
      return say(
        `The download of ${problem.url} broke off after ${problem.bytes} bytes (${problem.detail}).`,
        'Run the same command again: it resumes.',
      );
    case 'other-file':
      return say(
        `${problem.url} is not the expected file: its SHA-256 is ${problem.actualSha256} instead of ${problem.expectedSha256}.`,
        'Try again, or pass another place with --from.',
      );
    case 'no-source':
      return say(`"${problem.id}" could not be fetched: ${problem.reasons.join(' ')}`, FROM_ELSEWHERE);
    case 'disk-full':
      return say(
        `There is no space left for ${problem.folder}.`,
        'Free some space, then run the same command again; nothing was half-installed.',
      );
    case 'not-writable':
      return say(
        `${problem.folder} cannot be written (${problem.detail}).`,
        'Check its permissions, or set MODELS_DIR to another folder.',
      );
    case 'not-for-runtime':
      return say(
        `The download of "${problem.id}" holds ${problem.found}, which does not match its entry in the catalogue.`,
        'Import the file that you want to run with "npm run models -- import".',
      );
  }
}

function refusal(status: number): string {
  const reason =
    status === 403 ? ' (forbidden)' : status === 404 || status === 410 ? ' (not there any more)' : '';
  return `HTTP ${status}${reason}`;
}

function hostOf(url: string): string {
  return URL.canParse(url) ? new URL(url).host : url;
}

/** Turns an error of the file system into a problem about `folder`; any other error is returned unchanged. */
export function fileSystemProblem(error: unknown, folder: string): unknown {
  const code = error instanceof Error && 'code' in error ? error.code : null;
  if (code === 'ENOSPC' || code === 'EDQUOT') {
    return new ModelsError({ kind: 'disk-full', folder }, { cause: error });
  }
  if (code === 'EACCES' || code === 'EROFS' || code === 'EPERM' || code === 'ENOTDIR') {
    return new ModelsError({ kind: 'not-writable', folder, detail: code }, { cause: error });
  }
  return error;
}
