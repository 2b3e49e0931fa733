import { expect, test } from 'vitest';
import type { AgentEvaluationChoice } from '../../domain/accuracy/evaluation.ts';
import type { AgentChoice } from '../../domain/measuring/run.ts';
import { openAgentBatch } from './agent-batch.ts';
import { makeRun } from '../../domain/testing/run-record.ts';

const CHOICE: AgentEvaluationChoice = {
  modelId: 'coral',
  backend: 'tflite',
  inputSize: 513,
  pipeline: 'ours',
  preprocessing: 'fit',
  agent: { address: 'pi:8590', device: 'cpu', tail: 'cut', threads: 2 },
};
const NOTHING = { tensors: 0, bytes: 0 };

test('pictures go to the agent one by one, and are closed when their labels are back', async () => {
  const asked: AgentChoice[] = [];
  const log: string[] = [];
  const openAgent: Parameters<typeof openAgentBatch>[0] = (choice) => {
    asked.push(choice);
    const { configuration, cold } = makeRun();
    return Promise.resolve({
      description: { ...configuration.segmenter, backend: 'tflite', agentAddress: 'pi:8590' } as never,
      cold,
      loadedMemory: NOTHING,
      segment: (frame) => {
        log.push(`frame ${frame.id}, ${frame.width} x ${frame.height}`);
        const stages = { encode: 1, transport: 2, preprocess: 0, inference: 30, postprocess: 1 };
        const labelMap = { width: 1, height: 1, labels: Uint8Array.of(7) };
        return Promise.resolve({ labelMap, frame, stages, memory: NOTHING });
      },
      measureBare: () => Promise.resolve(null),
      onDeath: () => undefined,
      close: () => Promise.resolve(void log.push('agent closed')).then(() => NOTHING),
    });
  };
  const batch = await openAgentBatch(openAgent, CHOICE, new AbortController().signal);
  const picture = { width: 5, height: 4, close: () => void log.push('picture closed') } as ImageBitmap;
  const { labelMap, stages } = await batch.segmentPixels(picture);
  await batch.segmentPixels(picture);
  await batch.close();
  expect([...labelMap.labels]).toEqual([7]);
  expect(stages.inference).toBe(30);
  expect(asked).toMatchObject([{ modelId: 'coral', agent: CHOICE.agent }]);
  expect(log).toEqual([
    'frame 1, 5 x 4',
    'picture closed',
    'frame 2, 5 x 4',
    'picture closed',
    'agent closed',
  ]);
});
