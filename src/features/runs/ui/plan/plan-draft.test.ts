import { describe, expect, test } from 'vitest';
import { FULL_TARGET, QUICK_TARGET } from '../../../../domain/measuring/run.ts';
import { ABSENT_MODEL, LIVE_SESSION_STATE, READY_MODEL } from '../../../live/testing/live-state.ts';
import { NO_AGENTS } from './agent-plan.ts';
import {
  draftOf,
  isEveryCombination,
  planOf,
  filterPlan,
  sizesOf,
  withModels,
  type PlanDraft,
} from './plan-draft.ts';
import { withMark } from '../../../../ui-kit/Marks.tsx';

const SMALL = { ...READY_MODEL, id: 'small', name: 'Small', inputSizes: [257], pipelines: ['ours'] } as const;
const AT = {
  models: [READY_MODEL, SMALL, ABSENT_MODEL],
  sources: LIVE_SESSION_STATE.sourceOptions ?? [],
  agents: [],
};

const DRAFT: PlanDraft = {
  modelIds: [READY_MODEL.id],
  backends: ['wasm'],
  inputSizes: [257],
  pipelines: ['ours'],
  agents: NO_AGENTS,
  sourceKeys: ['sample:astronaut'],
  targetKind: 'quick',
  ownTarget: { frames: 7, seconds: 1, warmUpFrames: 0 },
  replayFrames: 32,
  replaySourceKey: 'moving:chelsea',
};

describe('a plan', () => {
  test('is every combination of the marks', () => {
    const { plan, leftOut } = planOf(
      { ...DRAFT, backends: ['webgl', 'wasm'], inputSizes: [257, 513], pipelines: ['ours', 'stock'] },
      AT,
    );
    expect(plan.choices).toHaveLength(8);
    expect(new Set(plan.choices.map((choice) => JSON.stringify(choice))).size).toBe(8);
    expect(leftOut).toEqual([]);
  });

  test('leaves out what a model does not support, with one count per reason', () => {
    const { plan, leftOut } = planOf(
      { ...DRAFT, modelIds: [READY_MODEL.id, 'small'], backends: ['webgl', 'wasm'], inputSizes: [257, 513] },
      AT,
    );
    expect(plan.choices).toHaveLength(6);
    expect(leftOut).toEqual([{ reason: '"Small" does not support 513 px.', count: 2 }]);
  });

  test.each([
    [{ modelIds: ['gone'] }, 'The catalogue has no model "gone".'],
    [
      { modelIds: [ABSENT_MODEL.id] },
      `"${ABSENT_MODEL.name}" is not on this server. ${ABSENT_MODEL.availability.howToGet}`,
    ],
    [{ modelIds: ['small'], pipelines: ['stock'] }, '"Small" does not support the stock pipeline.'],
    [{ sourceKeys: ['camera:gone'] }, 'The source "camera:gone" is not available.'],
    [{ sourceKeys: ['replay'], replaySourceKey: null }, 'The replay has no source.'],
    [
      { sourceKeys: ['replay'], replaySourceKey: 'camera:gone' },
      'The source "camera:gone" is not available.',
    ],
  ] as const)('leaves out %j', (change, reason) =>
    expect(planOf({ ...DRAFT, ...change }, AT)).toMatchObject({
      plan: { choices: [] },
      leftOut: [{ reason, count: 1 }],
    }),
  );

  test('records frames only where a configuration replays them', () => {
    expect(planOf(DRAFT, AT).plan).toMatchObject({ replayFrames: 0, replaySourceKey: null });
    const replay = planOf({ ...DRAFT, sourceKeys: ['sample:astronaut', 'replay'] }, AT).plan;
    expect(replay).toMatchObject({ replayFrames: 32, replaySourceKey: 'moving:chelsea' });
  });

  test('takes the selected target', () => {
    const targets = (['quick', 'full', 'own'] as const).map(
      (targetKind) => planOf({ ...DRAFT, targetKind }, AT).plan.target,
    );
    expect(targets).toEqual([QUICK_TARGET, FULL_TARGET, DRAFT.ownTarget]);
  });
});

describe('the plan of a link', () => {
  const plan = planOf({ ...DRAFT, backends: ['webgl', 'wasm'], inputSizes: [257, 513] }, AT).plan;

  test('selects what it was made from', () => {
    expect(planOf(draftOf(plan), AT).plan).toEqual(plan);
    expect(isEveryCombination(plan, AT)).toBe(true);
  });

  test('with gaps is recognised and stays as it is', () => {
    const gaps = { ...plan, choices: plan.choices.slice(1) };
    expect(isEveryCombination(gaps, AT)).toBe(false);
    expect(filterPlan(gaps, AT).plan).toEqual(gaps);
  });

  test('with a custom target keeps it', () => {
    const own = { ...plan, target: DRAFT.ownTarget };
    expect(draftOf(own)).toMatchObject({ targetKind: 'own', ownTarget: DRAFT.ownTarget });
  });
});

test('sizes are those that a selected model supports', () => {
  expect(sizesOf(['small'], AT.models)).toEqual([257]);
  expect(sizesOf(['small', READY_MODEL.id], AT.models)).toEqual([257, 385, 513]);
});

test('a size that no selected model supports is deselected, and one stays selected', () => {
  const wide = { ...DRAFT, inputSizes: [513] };
  expect(withModels(wide, ['small'], AT.models).inputSizes).toEqual([257]);
  expect(withModels(wide, [READY_MODEL.id], AT.models).inputSizes).toEqual([513]);
  expect(withModels(wide, [], AT.models).inputSizes).toEqual([513]);
});

test('selected options keep the order of the list, whatever the order of clicking', () => {
  const all = ['webgl', 'webgpu', 'wasm'];
  expect(withMark(['wasm'], 'webgl', true, all)).toEqual(['webgl', 'wasm']);
  expect(withMark(['webgl', 'wasm'], 'webgl', false, all)).toEqual(['wasm']);
  expect(withMark(['wasm'], 'wasm', true, all)).toEqual(['wasm']);
});
