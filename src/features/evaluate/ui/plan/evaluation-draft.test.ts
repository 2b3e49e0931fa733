import { describe, expect, test } from 'vitest';
import { AGENT, AGENT_FACTS } from '../../../companion/testing/companion-state.ts';
import { ABSENT_MODEL, READY_MODEL } from '../../../live/testing/live-state.ts';
import { NO_AGENTS } from '../../../runs/ui/plan/agent-plan.ts';
import { evaluationOf, plannedPictures, type EvaluationDraft } from './evaluation-draft.ts';

const DRAFT: EvaluationDraft = {
  modelIds: [READY_MODEL.id],
  backends: ['wasm', 'webgl'],
  preprocessings: ['fit', 'native'],
  upsamplings: ['aligned'],
  agents: NO_AGENTS,
  inputSizes: [257, 513],
  pipelines: ['ours'],
  list: null,
  limit: null,
};
const MODELS = [READY_MODEL, ABSENT_MODEL];

describe('a plan of an evaluation', () => {
  test('is every combination of the marks', () => {
    const { plan, leftOut } = evaluationOf(DRAFT, MODELS);
    expect(plan.choices).toHaveLength(8);
    expect(new Set(plan.choices.map((choice) => JSON.stringify(choice))).size).toBe(8);
    expect(leftOut).toEqual([]);
  });

  test('leaves out sizes that a model does not support, and counts them', () => {
    const { plan, leftOut } = evaluationOf({ ...DRAFT, inputSizes: [257, 321] }, MODELS);
    expect(plan.choices).toHaveLength(4);
    expect(leftOut).toEqual([{ reason: '"Segscope MobileNetV2" does not support 321 px.', count: 4 }]);
  });

  test('leaves out the stock pipeline with any pre-processing but its own', () => {
    const { plan } = evaluationOf({ ...DRAFT, pipelines: ['stock'] }, MODELS);
    expect(plan.choices.map(({ preprocessing }) => preprocessing)).toEqual(['fit', 'fit', 'fit', 'fit']);
  });

  test('crosses the rules of upsampling with everything but the stock pipeline', () => {
    const { plan, leftOut } = evaluationOf(
      { ...DRAFT, backends: ['wasm'], upsamplings: ['aligned', 'half-pixel'], pipelines: ['ours', 'stock'] },
      MODELS,
    );
    const ours = plan.choices.filter(({ pipeline }) => pipeline === 'ours');
    expect(ours.filter(({ upsampling }) => upsampling === 'half-pixel')).toHaveLength(ours.length / 2);
    expect(
      plan.choices.filter(({ pipeline, upsampling }) => pipeline === 'stock' && upsampling !== 'aligned'),
    ).toEqual([]);
    expect(leftOut.map(({ count }) => count)).toEqual([2, 4]);
  });

  test('adds an agent with every pre-processing, and leaves out what it cannot do', () => {
    const connected = { ...AGENT, connection: { kind: 'open', facts: AGENT_FACTS } } as const;
    const model = AGENT_FACTS.models.find(({ tails }) => tails.includes('cut'))?.modelId ?? '';
    const marks = {
      ...DRAFT,
      modelIds: [],
      agents: { ...NO_AGENTS, addresses: [AGENT.address], modelIds: [model, 'nowhere'] },
    };
    const { plan, leftOut } = evaluationOf(marks, MODELS, [connected]);
    expect(plan.choices).toMatchObject([
      {
        modelId: model,
        preprocessing: 'fit',
        place: { kind: 'agent', agent: AGENT.address, device: 'cpu' },
      },
      { modelId: model, preprocessing: 'native', place: { kind: 'agent' } },
    ]);
    expect(leftOut).toEqual([{ reason: `The agent at ${AGENT.address} has no model "nowhere".`, count: 1 }]);
    expect(evaluationOf(marks, MODELS, []).plan.choices).toEqual([]);
  });

  test('carries list and limit', () =>
    expect(evaluationOf({ ...DRAFT, list: 'val', limit: 20 }, MODELS).plan).toMatchObject({
      list: 'val',
      limit: 20,
    }));
});

test('the pictures of a plan are those of its list, up to its limit', () => {
  const found = { pairs: 100, lists: [{ name: 'val', pairs: 40 }] };
  expect(plannedPictures({ list: null, limit: null }, found)).toBe(100);
  expect(plannedPictures({ list: 'val', limit: null }, found)).toBe(40);
  expect(plannedPictures({ list: 'val', limit: 20 }, found)).toBe(20);
  expect(plannedPictures({ list: 'val', limit: 60 }, found)).toBe(40);
});
