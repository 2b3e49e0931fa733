import { describe, expect, test } from 'vitest';
import { agentSetup } from '../../../../domain/setup.ts';
import { AGENT_FACTS } from '../../../companion/testing/companion-state.ts';
import { agentSide, firstAgentSide } from './agent-side.ts';

const UNCUT = 'segscope-mnv2-257-int8';
const CORAL = 'deeplabv3_mnv2_dm05_pascal_quant';

describe('a configuration on an agent', () => {
  test("begins with the agent's first model, on its CPU, with a tail that it can run", () => {
    expect(firstAgentSide('pi:8590', 'crop', AGENT_FACTS)).toEqual({
      ...agentSetup(UNCUT, 257, { agent: 'pi:8590', device: 'cpu', tail: 'stock', threads: 1 }, 'crop'),
    });
    expect(firstAgentSide('pi:8590', 'fit', { ...AGENT_FACTS, models: [] })).toBeNull();
  });

  test('takes size, device and tail from what the new model supports', () => {
    const first = firstAgentSide('pi:8590', 'fit', AGENT_FACTS);
    if (first === null) throw new Error('no side');
    const asked = { ...first, modelId: CORAL, place: { ...first.place, device: 'edgetpu' } } as const;
    expect(agentSide(asked, AGENT_FACTS)).toMatchObject({
      inputSize: 513,
      pipeline: 'stock',
      place: { device: 'cpu', tail: 'stock' },
    });
    const cut = { ...asked, place: { ...asked.place, tail: 'cut' } } as const;
    expect(agentSide(cut, AGENT_FACTS)).toMatchObject({ pipeline: 'ours', place: { tail: 'cut' } });
    expect(agentSide({ ...cut, modelId: UNCUT }, AGENT_FACTS)).toMatchObject({
      inputSize: 257,
      pipeline: 'stock',
      place: { tail: 'stock' },
    });
  });
});
