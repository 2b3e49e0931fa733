/** Plans as links, and back: one schema over the fields of the address; no server is involved. */
import { z } from 'zod';
import { ProblemError } from '../domain/problems/problem.ts';
import type { PlannedRun, RunPlan } from '../domain/measuring/run.ts';
import { agentSetup, browserSetup, codecOf, isAgentSetup } from '../domain/setup.ts';

/** More than anyone will wait for; a link must not fill the page with a million rows. */
const RUNS_LIMIT = 500;
/**
 * The text after "plan=", and the words of versions 1 to 3. They are repeated here on purpose: a word that Segscope
 * adds later belongs to a later version of the link, so that an older page says "newer version" and not "no such
 * backend".
 */
const VERSIONS = ['1', '2', '3'] as const;
const BACKENDS = ['webgl', 'webgpu', 'wasm', 'litert', 'litert-webgpu', 'cpu'] as const;
const PIPELINES = ['ours', 'stock'] as const;
const AGENT_DEVICES = ['cpu', 'edgetpu'] as const;
const MODEL_TAILS = ['cut', 'stock'] as const;
const FRAME_CODECS = ['rgb8', 'jpeg85', 'jpeg95'] as const;
const REPLAY_FRAMES_LIMIT = 64;

const word = z.string().transform((text, context) => {
  try {
    return decodeURIComponent(text);
  } catch {
    context.addIssue(`"${text}" is cut off`);
    return z.NEVER;
  }
});

const oneOf = <Word extends string>(what: string, words: readonly Word[]) =>
  word.pipe(z.enum(words, { error: ({ input }) => `there is no ${what} "${String(input)}"` }));

function whole(name: string, least: number, most: number) {
  const error = `"${name}" must be a whole number from ${least} to ${most}`;
  const text = z.string({ error: `it has no "${name}"` }).regex(/^\d+$/, { error, abort: true });
  return text.transform(Number).pipe(z.number({ error }).min(least, { error }).max(most, { error }));
}

const hasGap = (list: string) => list.split(',').includes('');

/** The values of one field, none of them empty. @param shape the expected form of the field, for the message */
const values = (shape: string, least: number, most = least) =>
  z.string().transform((field, context) => {
    const parts = field.split(';');
    if (parts.length >= least && parts.length <= most && !parts.some(hasGap)) return parts;
    context.addIssue(`"${field}" is not ${shape}`);
    return z.NEVER;
  });

const size = whole('size', 1, 8192);

/** Lists, and all their combinations; the last list varies fastest. */
const run = values('model;backend;size;pipeline;source', 5)
  .transform((lists, context) => {
    const split = lists.map((list) => list.split(','));
    if (combinationsOf(split) <= RUNS_LIMIT) return combinations(split);
    context.addIssue(`it has more than ${RUNS_LIMIT} runs`);
    return z.NEVER;
  })
  .pipe(z.array(z.tuple([word, oneOf('backend', BACKENDS), size, oneOf('pipeline', PIPELINES), word])))
  .transform((rows) =>
    rows.map(([modelId, backend, inputSize, pipeline, sourceKey]): PlannedRun => ({
      setup: browserSetup(modelId, inputSize, backend, { pipeline }),
      sourceKey,
    })),
  );

/** One run on an agent; the codec is omitted for raw RGB. */
const agent = values('address;model;size;device;tail;threads;source;codec', 7, 8)
  .transform((parts) => [...parts, 'rgb8'].slice(0, 8))
  .pipe(
    z.tuple([
      word,
      word,
      size,
      oneOf('device', AGENT_DEVICES),
      oneOf('tail', MODEL_TAILS),
      whole('threads', 1, 8),
      word,
      oneOf('codec', FRAME_CODECS),
    ]),
  )
  .transform(([address, modelId, inputSize, device, tail, threads, sourceKey, codec]): PlannedRun[] => [
    { setup: agentSetup(modelId, inputSize, { agent: address, device, tail, threads, codec }), sourceKey },
  ]);

const replay = values('frames;source', 2).pipe(z.tuple([whole('replay', 1, REPLAY_FRAMES_LIMIT), word]));

const link = z
  .object({
    frames: whole('frames', 1, 1_000_000),
    seconds: whole('seconds', 0, 86_400),
    warmUp: whole('warm-up', 0, 1_000_000),
    runs: z
      .array(
        z.discriminatedUnion('name', [
          z.object({ name: z.literal('run'), value: run }),
          z.object({ name: z.literal('agent'), value: agent }),
        ]),
      )
      .transform((fields) => fields.flatMap(({ value }) => value))
      .pipe(
        z
          .array(z.custom<PlannedRun>())
          .min(1, 'it has no run')
          .max(RUNS_LIMIT, `it has more than ${RUNS_LIMIT} runs`),
      ),
    replay: replay.nullable().transform((given) => given ?? ([0, null] as const)),
  })
  .transform(({ frames, seconds, warmUp, runs, replay: [replayFrames, replaySourceKey] }): RunPlan => ({
    choices: runs,
    target: { frames, seconds, warmUpFrames: warmUp },
    replayFrames,
    replaySourceKey,
  }));

/**
 * The plan in a hash, or null if it has none.
 * @throws ProblemError link-version, link-invalid
 */
export function planFromHash(hash: string): RunPlan | null {
  if (!hash.startsWith('#/runs?')) return null;
  // Escapes stay for now: an escaped separator belongs to a name.
  const query = hash
    .slice(hash.indexOf('?') + 1)
    .replaceAll('%', '%25')
    .replaceAll('+', '%2B');
  const fields = new URLSearchParams(query);
  const version = fields.get('plan');
  if (version === null) return null;
  if (!VERSIONS.some((known) => known === version)) {
    throw new ProblemError({ kind: 'link-version', version });
  }
  const parsed = link.safeParse({
    frames: fields.get('frames') ?? undefined,
    seconds: fields.get('seconds') ?? undefined,
    warmUp: fields.get('warm-up') ?? undefined,
    runs: [...fields].flatMap(([name, value]) =>
      name === 'run' || name === 'agent' ? [{ name, value }] : [],
    ),
    replay: fields.get('replay'),
  });
  if (parsed.success) return parsed.data;
  const detail = parsed.error.issues[0]?.message ?? parsed.error.message;
  throw new ProblemError({ kind: 'link-invalid', detail }, { cause: parsed.error });
}

/**
 * The hash for a plan, for instance
 * `#/runs?plan=1&frames=20&seconds=0&warm-up=10&run=segscope-mnv2-257;wasm,webgl;257;ours;sample:astronaut`, in the
 * lowest version that can express it, so that an older page reads it.
 *
 * `run` has models; backends; sizes; pipelines; sources, each a list separated by commas, and means all their
 * combinations; the last list varies fastest. A plan that is not such a product has one `run` per setup.
 * `replay=32;camera:` means 32 frames of that source. `agent=localhost:8590;MODEL;257;edgetpu;cut;1;sample:astronaut`
 * is one run on an agent. The agent's pairing code is never part of a link.
 */
export function planToHash({ choices, target, replayFrames, replaySourceKey }: RunPlan): string {
  const { frames, seconds, warmUpFrames } = target;
  const recorded = replaySourceKey === null ? [] : [`replay=${replayFrames};${escaped(replaySourceKey)}`];
  return `#/runs?${[
    `plan=${versionOf(choices)}`,
    `frames=${frames}`,
    `seconds=${seconds}`,
    `warm-up=${warmUpFrames}`,
    ...recorded,
    ...fieldsOf(choices),
  ].join('&')}`;
}

/** Version 2 added agents, version 3 added codecs. */
function versionOf(runs: readonly PlannedRun[]): (typeof VERSIONS)[number] {
  const setups = runs.map(({ setup }) => setup);
  if (setups.some((setup) => codecOf(setup) !== 'rgb8')) return '3';
  return setups.some(isAgentSetup) ? '2' : '1';
}

/** In the order of the plan: adjacent browser runs share one field, and each run on an agent has its own. */
function fieldsOf(runs: readonly PlannedRun[]): readonly string[] {
  const fields: string[] = [];
  let together: (readonly string[])[] = [];
  const flush = () => {
    for (const lists of productsOf(together)) {
      fields.push(`run=${lists.map((list) => list.map(escaped).join(',')).join(';')}`);
    }
    together = [];
  };
  for (const { setup, sourceKey } of runs) {
    const { modelId, inputSize, pipeline, place } = setup;
    if (place.kind === 'browser') {
      together.push([modelId, place.backend, `${inputSize}`, pipeline, sourceKey]);
      continue;
    }
    flush();
    const { agent: address, device, tail, threads, codec } = place;
    const row = [address, modelId, `${inputSize}`, device, tail, `${threads}`, sourceKey];
    fields.push(`agent=${[...row, ...(codec === 'rgb8' ? [] : [codec])].map(escaped).join(';')}`);
  }
  flush();
  return fields;
}

type Lists = readonly (readonly string[])[];

/** One product of lists if the rows form one, else one per row. */
function productsOf(rows: Lists): readonly Lists[] {
  const [first] = rows;
  if (first === undefined) return [];
  const lists = first.map((_, column) => [...new Set(rows.map((row) => row[column] ?? ''))]);
  const isProduct =
    combinationsOf(lists) === rows.length &&
    combinations(lists).every((row, i) => row.join('\n') === rows[i]?.join('\n'));
  return isProduct ? [lists] : rows.map((row) => row.map((value) => [value]));
}

const combinationsOf = (lists: Lists) => lists.reduce((product, list) => product * list.length, 1);

function combinations(lists: Lists): Lists {
  return lists.reduce<Lists>(
    (rows, list) => rows.flatMap((row) => list.map((value) => [...row, value])),
    [[]],
  );
}

/** A fragment may contain a colon (RFC 3986, 3.5), which keeps "sample:astronaut" readable. */
const escaped = (text: string) => encodeURIComponent(text).replaceAll('%3A', ':');
