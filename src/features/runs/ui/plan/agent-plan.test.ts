import { describe, expect, test } from 'vitest';
import { agentSetup, codecOf } from '../../../../domain/setup.ts';
import type { AgentFacts, AgentState } from '../../../agents/agent-store.ts';
import { LIVE_SESSION_STATE } from '../../../live/testing/live-state.ts';
import { AGENT, AGENT_FACTS, CORAL_FACTS } from '../../../companion/testing/companion-state.ts';
import {
  agentSetupObstacle,
  agentSetupsOf,
  agentMarksOf,
  NO_AGENTS,
  withAddresses,
  type AgentMarks,
} from './agent-plan.ts';
import { draftOf, isEveryCombination, planOf, type PlanDraft } from './plan-draft.ts';

const connected = (facts: AgentFacts, address = AGENT.address): AgentState => ({
  ...AGENT,
  address,
  connection: { kind: 'open', facts },
});
const MODEL = 'deeplabv3_mnv2_dm05_pascal_quant';
const MARKS: AgentMarks = { ...NO_AGENTS, addresses: [AGENT.address], modelIds: [MODEL] };
const DRAFT: PlanDraft = {
  modelIds: [],
  backends: ['wasm'],
  inputSizes: [257],
  pipelines: ['ours'],
  agents: MARKS,
  sourceKeys: ['sample:astronaut'],
  targetKind: 'quick',
  ownTarget: { frames: 7, seconds: 1, warmUpFrames: 0 },
  replayFrames: 32,
  replaySourceKey: null,
};
const at = (...agents: AgentState[]) => ({
  models: [],
  sources: LIVE_SESSION_STATE.sourceOptions ?? [],
  agents,
});

describe('a plan with agents', () => {
  test('is every combination of agents, models, devices and tails, and needs no model of the browser', () => {
    const { plan } = planOf(
      { ...DRAFT, agents: { ...MARKS, addresses: [AGENT.address, 'pi:8590'], tails: ['stock'] } },
      at(connected(AGENT_FACTS), connected(AGENT_FACTS, 'pi:8590')),
    );
    expect(plan.choices.map(({ setup }) => setup.place.kind === 'agent' && setup.place.agent)).toEqual([
      AGENT.address,
      'pi:8590',
    ]);
    expect(plan.choices[0]?.setup).toMatchObject({ modelId: MODEL, pipeline: 'stock', inputSize: 513 });
  });

  test('leaves out an agent that is not connected, an Edge TPU that is not there, and a model it does not have', () => {
    const devices = { ...MARKS, devices: ['cpu', 'edgetpu'] } as const;
    expect(planOf({ ...DRAFT, agents: devices }, at(connected(AGENT_FACTS))).leftOut).toEqual([
      { reason: AGENT_FACTS.edgeTpu.sentence, count: 1 },
    ]);
    expect(planOf({ ...DRAFT, agents: devices }, at()).leftOut).toEqual([
      { reason: `The agent at ${AGENT.address} is not connected.`, count: 2 },
    ]);
    const unknown = { ...MARKS, modelIds: ['nowhere'] };
    expect(planOf({ ...DRAFT, agents: unknown }, at(connected(AGENT_FACTS))).leftOut).toEqual([
      { reason: `The agent at ${AGENT.address} has no model "nowhere".`, count: 1 },
    ]);
  });

  test('leaves out a model without a version for the Edge TPU, and a tail that cannot be cut', () => {
    const model = {
      ...CORAL_FACTS.models[1],
      edgeTpuTwin: null,
      tails: ['stock'],
      notCutBecause: 'No argmax.',
    };
    const facts = { ...CORAL_FACTS, models: [model] } as AgentFacts;
    const [choice] = agentSetupsOf({ ...MARKS, devices: ['edgetpu'] }, [connected(facts)]);
    const [cut] = agentSetupsOf(MARKS, [connected(facts)]);
    if (choice === undefined || cut === undefined) throw new Error('There is no choice.');
    expect(agentSetupObstacle(choice, [connected(facts)])).toContain('not compiled for the Edge TPU');
    expect(agentSetupObstacle(cut, [connected(facts)])).toBe('No argmax.');
  });

  test('takes every selected codec, raw frames first', () => {
    const names = at(connected(AGENT_FACTS));
    const { plan } = planOf({ ...DRAFT, agents: { ...MARKS, codecs: ['rgb8', 'jpeg85'] } }, names);
    expect(plan.choices.map(({ setup }) => codecOf(setup))).toEqual(['rgb8', 'jpeg85']);
    expect(draftOf(plan).agents.codecs).toEqual(['rgb8', 'jpeg85']);
    expect(isEveryCombination(plan, names)).toBe(true);
  });

  test('is restored from its own choices', () => {
    const names = at(connected(AGENT_FACTS));
    const { plan } = planOf({ ...DRAFT, agents: { ...MARKS, tails: ['cut', 'stock'], threads: 3 } }, names);
    expect(draftOf(plan).agents).toEqual({ ...MARKS, tails: ['cut', 'stock'], threads: 3 });
    expect(isEveryCombination(plan, names)).toBe(true);
  });
});

describe('marks', () => {
  test('without any agent are none', () => expect(agentMarksOf([])).toEqual(NO_AGENTS));

  test('of an agent start with what it runs', () => {
    const place = { agent: AGENT.address, device: 'cpu', tail: 'stock', threads: 4 } as const;
    const wanted = agentSetup(MODEL, 513, place);
    const agent = { ...connected(AGENT_FACTS), wanted };
    expect(withAddresses(NO_AGENTS, [agent.address], [agent])).toEqual({
      addresses: [agent.address],
      modelIds: [MODEL],
      devices: ['cpu'],
      tails: ['stock'],
      codecs: ['rgb8'],
      threads: 4,
    });
  });

  test('of a model that no selected agent has are dropped', () => {
    const marks = { ...MARKS, modelIds: [MODEL, 'elsewhere'] };
    expect(withAddresses(marks, [AGENT.address], [connected(AGENT_FACTS)]).modelIds).toEqual([MODEL]);
    expect(withAddresses(marks, [], [connected(AGENT_FACTS)]).modelIds).toEqual([]);
  });
});
