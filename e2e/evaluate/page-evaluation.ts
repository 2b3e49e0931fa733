/** Evaluates two folders in the built page and returns the result. */
import type { Page } from '@playwright/test';
import type { EvaluationResult, LabelChange, Skipped } from '../../src/domain/accuracy/evaluation.ts';
import { describeProblem, type Problem } from '../../src/domain/problems/problem.ts';
import type { AgentOption, CommandSetup } from './evaluate-options.ts';

export interface FolderPaths {
  readonly images: string;
  readonly masks: string;
  readonly list: string | null;
  /** A file, the name of a preset, or null. */
  readonly mapping: { readonly preset: string } | { readonly file: string } | null;
}

/** @throws Error with the page's own sentence if no agent answers there, or if it refuses */
export async function connectAgent(page: Page, { address, code }: AgentOption): Promise<void> {
  await page.evaluate('globalThis.__name ??= (named) => named');
  const refusal = await page.evaluate(
    async ([to, pairing]) => {
      const session = (await globalThis.segscope?.evaluation())?.agents;
      if (session === undefined) throw new Error('The page has no agents.');
      const id = session.addAgent(to, pairing);
      return new Promise<string | null>((resolve) => {
        const check = () => {
          const connection = session.agents.getState().agents.find((agent) => agent.id === id)?.connection;
          if (connection?.kind === 'open') resolve(null);
          if (connection?.kind === 'refused' || connection?.kind === 'waiting-to-reconnect') {
            resolve(JSON.stringify(connection.problem));
          }
        };
        session.agents.subscribe(check);
        check();
      });
    },
    [address, code] as const,
  );
  if (refusal === null) return;
  const { sentence, nextStep } = describeProblem(JSON.parse(refusal) as Problem);
  throw new Error(`--agent ${address}: ${sentence} ${nextStep}`);
}

export interface FoundPairs {
  readonly pairs: number;
  readonly skipped: readonly Skipped[];
  /** The page's name for `list`. */
  readonly list: string | null;
}

/** The page picks the folders as a user would, and opens each file only when it needs it. */
export async function openFolders(page: Page, paths: FolderPaths): Promise<FoundPairs> {
  // tsx names functions through its own helper, which a page does not have.
  await page.evaluate('globalThis.__name ??= (named) => named');
  await page.evaluate(() => {
    for (const id of ['images', 'masks', 'list', 'mapping']) {
      const input = document.createElement('input');
      input.type = 'file';
      input.id = `evaluate-${id}`;
      input.hidden = true;
      if (id === 'images' || id === 'masks') input.webkitdirectory = true;
      document.body.append(input);
    }
  });
  await page.setInputFiles('#evaluate-images', paths.images);
  await page.setInputFiles('#evaluate-masks', paths.masks);
  if (paths.list !== null) await page.setInputFiles('#evaluate-list', paths.list);
  const { mapping } = paths;
  if (mapping !== null && 'file' in mapping) await page.setInputFiles('#evaluate-mapping', mapping.file);
  return page.evaluate(
    async (preset) => {
      const session = (await globalThis.segscope?.evaluation())?.evaluation;
      if (session === undefined) throw new Error('The page has no evaluation.');
      const filesOf = (id: string) => [
        ...(document.querySelector<HTMLInputElement>(`#evaluate-${id}`)?.files ?? []),
      ];
      const [mappingFile] = filesOf('mapping');
      const [list] = filesOf('list');
      if (mappingFile !== undefined) session.chooseMapping(mappingFile);
      else if (preset !== null) session.chooseMapping(preset as 'ade20k');
      const images = [...filesOf('images'), ...(list === undefined ? [] : [list])];
      session.openTwoFolders({ kind: 'files', files: images }, { kind: 'files', files: filesOf('masks') });
      const found = await new Promise<FoundPairs>((resolve, reject) => {
        const check = () => {
          const { dataSet, problem } = session.evaluation.getState();
          if (problem?.kind === 'mapping-invalid')
            reject(new Error(`The mapping is invalid: ${problem.detail}.`));
          if (dataSet.kind === 'failed') reject(new Error(JSON.stringify(dataSet.problem)));
          if (dataSet.kind !== 'ready') return;
          const { pairs, skipped, lists } = dataSet.report;
          const name = list?.name.replace(/\.[^.]+$/, '') ?? null;
          if (name !== null && !lists.some((one) => one.name === name)) {
            reject(new Error(`The list ${name} names none of the pictures.`));
          }
          resolve({ pairs, skipped, list: name });
        };
        session.evaluation.subscribe(check);
        check();
      });
      return found;
    },
    mapping !== null && 'preset' in mapping ? mapping.preset : null,
  );
}

export interface EvaluationEnd {
  /** In the order of the plan, without those that failed before their first picture. */
  readonly results: readonly EvaluationResult[];
  /** One per later result, compared with the first; null if they share no pictures. */
  readonly changes: readonly (LabelChange | null)[];
  readonly problems: readonly string[];
}

export interface EvaluationState {
  readonly done: number;
  readonly total: number;
  readonly secondsLeft: number | null;
  readonly meanIou: number | null;
  /** Current configuration, from 0, and the total. */
  readonly at: number;
  readonly choices: number;
  /** null while running. */
  readonly end: EvaluationEnd | null;
}

/** Starts the plan; `evaluationState` reports its progress. */
export async function startEvaluation(
  page: Page,
  choices: readonly CommandSetup[],
  list: string | null,
  limit: number | null,
  oneAtATime = false,
): Promise<void> {
  await page.evaluate(
    async ([wanted, listName, first, alone]) => {
      const { segscope } = globalThis;
      const session = (await segscope?.evaluation())?.evaluation;
      const catalogue = segscope?.live.session.getState().catalogue;
      if (session === undefined || catalogue?.kind !== 'ready') throw new Error('The page has no catalogue.');
      const agents = (await segscope?.evaluation())?.agents.agents.getState().agents ?? [];
      const sized = wanted.map((setup) => {
        const { modelId: id, place } = setup;
        if (place.kind === 'agent') {
          const there = agents.find((agent) => agent.address === place.agent);
          const known = there?.connection.kind === 'open' ? there.connection.facts.models : [];
          const file = known.find(({ modelId }) => modelId === id);
          if (file === undefined) {
            throw new Error(
              `--model ${id}@agent is not on the agent: it has ${known.map(({ modelId }) => modelId).join(', ')}.`,
            );
          }
          // A file without a tail has nothing to cut, so the agent always finishes it.
          const tail = file.tails.includes(place.tail) ? place.tail : (file.tails[0] ?? 'stock');
          const pipeline = tail === 'cut' ? ('ours' as const) : ('stock' as const);
          return { ...setup, inputSize: file.inputSize, pipeline, place: { ...place, tail } };
        }
        const model = catalogue.models.find((one) => one.id === id);
        if (model === undefined) {
          throw new Error(
            `--model ${id} is not in the catalogue: use ${catalogue.models.map((one) => one.id).join(', ')}.`,
          );
        }
        if (model.availability.kind === 'absent') {
          throw new Error(`--model ${id} is not on this machine: ${model.availability.howToGet}`);
        }
        const inputSize = setup.inputSize ?? Math.max(...model.inputSizes);
        if (!model.inputSizes.includes(inputSize)) {
          throw new Error(`--size ${inputSize} is no size of ${id}: use ${model.inputSizes.join(', ')}.`);
        }
        return { ...setup, inputSize };
      });
      session.start({ choices: sized, list: listName, limit: first, ...(alone && { oneAtATime: true }) });
    },
    [choices, list, limit, oneAtATime] as const,
  );
}

export async function evaluationState(page: Page): Promise<EvaluationState> {
  return page.evaluate(async () => {
    const session = (await globalThis.segscope?.evaluation())?.evaluation;
    if (session === undefined) throw new Error('The page has no evaluation.');
    const { evaluation, results, problem } = session.evaluation.getState();
    const said = problem === null ? [] : [JSON.stringify(problem)];
    if (evaluation.kind === 'running' || evaluation.kind === 'paused') {
      const { done, total, secondsLeft, meanIou, at, plan } = evaluation;
      return { done, total, secondsLeft, meanIou, at, choices: plan.choices.length, end: null };
    }
    const none = { done: 0, total: 0, secondsLeft: null, meanIou: null, at: 0, choices: 0 };
    if (evaluation.kind !== 'done') {
      const why = evaluation.kind === 'failed' ? JSON.stringify(evaluation.problem) : 'It did not start.';
      return { ...none, end: { results: [], changes: [], problems: [why, ...said] } };
    }
    const all = results.kind === 'ready' ? results.results : [];
    const found = evaluation.resultIds.flatMap((id) => all.find((result) => result.id === id) ?? []);
    const [baseline, ...others] = found;
    const changes: (LabelChange | null)[] = [];
    for (const { id } of others) changes.push(await session.labelChange(baseline?.id ?? '', id));
    const problems = [...evaluation.failures.map((failure) => JSON.stringify(failure.problem)), ...said];
    return { ...none, end: { results: found, changes, problems } };
  });
}
