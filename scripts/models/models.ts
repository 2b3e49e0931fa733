/** npm run models: lists, fetches, removes and imports networks. */
import { setTimeout as sleep } from 'node:timers/promises';
import { describeProblem, ProblemError } from '../../src/domain/problems/problem.ts';
import { readCommand } from './command.ts';
import { standardFolders } from './folders.ts';
import { describeModelsProblem, ModelsError } from './models-problem.ts';
import { ProgressLine } from './progress-line.ts';
import { runCommand } from './run-command.ts';

/** A connection that is silent for this long is dropped. */
const STALL_MS = 30_000;

/** Doubled with every attempt without progress. */
const FIRST_PAUSE_MS = 1000;

const progress = new ProgressLine(process.stderr, () => performance.now());

async function main(argv: readonly string[]): Promise<void> {
  const command = readCommand(argv);
  await runCommand(command, {
    folders: standardFolders(process.env['MODELS_DIR']),
    now: () => new Date(),
    pause: (n) => sleep(FIRST_PAUSE_MS * 2 ** (n - 1)),
    stallMs: STALL_MS,
    progress,
    say: 'json' in command && command.json ? console.error : console.log,
    answer: (result) => console.log(JSON.stringify(result, null, 2)),
  });
}

main(process.argv.slice(2)).catch((error: unknown) => {
  progress.end();
  if (error instanceof ModelsError || error instanceof ProblemError) {
    const { sentence, nextStep } =
      error instanceof ModelsError ? describeModelsProblem(error.problem) : describeProblem(error.problem);
    console.error(`${sentence}\n${nextStep}`);
  } else {
    console.error(error);
  }
  const wrongLine =
    error instanceof ModelsError && (error.problem.kind === 'usage' || error.problem.kind === 'id-invalid');
  process.exitCode = wrongLine ? 2 : 1;
});
