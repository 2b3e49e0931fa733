import { describe, expect, test } from 'vitest';
import { readGoldenJson } from '../../scripts/testing/golden.ts';
import type { PlannedRun } from './measuring/run.ts';
import {
  evaluationOf,
  evaluationSetupOf,
  plannedRunOf,
  recordedEvaluation,
  recordedEvaluationChoice,
  recordedRun,
  recordedRunChoice,
  runOf,
  type RecordedEvaluation,
  type RecordedEvaluationChoice,
  type RecordedRun,
} from './recorded-setup.ts';
import { agentSetup, browserSetup } from './setup.ts';
import { makeAgentRun, makeRun } from './testing/run-record.ts';

type Records = readonly (readonly [unknown, unknown])[];
type Stores = Readonly<Record<string, { readonly records: Records }>>;
const valuesOf = (file: string, store: string): readonly unknown[] =>
  (readGoldenJson(file) as { readonly stores: Stores }).stores[store]?.records.map(([, value]) => value) ??
  [];

const RUNS = [
  ...(readGoldenJson('runs-1.json') as { readonly runs: readonly RecordedRun[] }).runs,
  ...(valuesOf('database-runs-1.json', 'runs') as readonly RecordedRun[]),
];
const EVALUATIONS = valuesOf('database-evaluations-1.json', 'results') as readonly RecordedEvaluation[];
const UNFINISHED = valuesOf('database-evaluations-1.json', 'unfinished') as readonly {
  readonly plan: { readonly choices: readonly RecordedEvaluationChoice[] };
}[];

const PLACE = { agent: 'pi:8590', device: 'edgetpu', tail: 'stock', threads: 2, codec: 'jpeg95' } as const;

describe('a recorded setup', () => {
  test.each(RUNS)('of the run $name round-trips to the same record, byte for byte', (recorded) => {
    expect(JSON.stringify(recordedRun(runOf(recorded)))).toBe(JSON.stringify(recorded));
  });

  test.each(EVALUATIONS)(
    'of the evaluation $id round-trips to the same record, byte for byte',
    (recorded) => {
      expect(JSON.stringify(recordedEvaluation(evaluationOf(recorded)))).toBe(JSON.stringify(recorded));
    },
  );

  test('of an unfinished evaluation round-trips to the same record', () => {
    const choices = UNFINISHED.flatMap(({ plan }) => plan.choices);
    expect(choices.length).toBeGreaterThan(2);
    expect(choices.map((choice) => recordedEvaluationChoice(evaluationSetupOf(choice)))).toEqual(choices);
  });

  test('is read with the place that it meant', () => {
    const places = RUNS.map((recorded) => [recorded.choice.backend, runOf(recorded).setup.place.kind]);
    expect(places.filter(([backend, kind]) => (backend === 'tflite') !== (kind === 'agent'))).toEqual([]);
    expect(new Set(places.map(([, kind]) => kind))).toEqual(new Set(['browser', 'agent']));
  });

  test('gets defaults for the fields that an earlier Segscope did not write', () => {
    const run = makeAgentRun({ host: null });
    const earlier = structuredClone(recordedRun(run));
    Reflect.deleteProperty(earlier, 'host');
    Reflect.deleteProperty(earlier.choice, 'codec');
    expect(runOf(earlier)).toEqual(run);
  });
});

describe('a setup', () => {
  test.each<PlannedRun>([
    { setup: browserSetup('m', 513, 'litert-webgpu', { pipeline: 'stock' }), sourceKey: 'replay' },
    { setup: agentSetup('m', 257, PLACE), sourceKey: 'camera:' },
  ])('of a run is recorded and read again: %j', (planned) => {
    expect(plannedRunOf(recordedRunChoice(planned))).toEqual(planned);
  });

  test.each([
    browserSetup('m', 513, 'wasm', { preprocessing: 'crop', upsampling: 'half-pixel' }),
    agentSetup('m', 257, { ...PLACE, codec: 'rgb8' }, 'native'),
  ])('of an evaluation is recorded and read again: %j', (setup) => {
    expect(evaluationSetupOf(recordedEvaluationChoice(setup))).toEqual(setup);
  });

  test('is recorded where version 1 has it', () =>
    expect(Object.keys(recordedRun(makeRun())).slice(4, 8)).toEqual([
      'startedAt',
      'choice',
      'target',
      'configuration',
    ]));
});
