/** What a segmenter on an agent says about itself: a SegmenterDescription with the agent's own words for its device. */
import type { SegmenterDescription } from './configuration.ts';

export const AGENT_DEVICES = ['cpu', 'edgetpu'] as const;
/** What is asked for; an Edge TPU that is not there is an error, never a silent run on the CPU. */
export type AgentDevice = (typeof AGENT_DEVICES)[number];
/** What really runs; a test double of libedgetpu is never called an Edge TPU. */
export type AgentDeviceUsed = AgentDevice | 'test-double';

export const MODEL_TAILS = ['cut', 'stock'] as const;
/** cut: without the file's own resizing and argmax, which the agent does itself; stock: the file as published. */
export type ModelTail = (typeof MODEL_TAILS)[number];

export interface AgentDescription extends Omit<SegmenterDescription, 'backend'> {
  readonly backend: 'tflite';
  /** As the person typed it, "localhost:8590". */
  readonly agentAddress: string;
  readonly tail: ModelTail;
  readonly deviceAsked: AgentDevice;
  readonly deviceUsed: AgentDeviceUsed;
  readonly operatorsOnTpu: number;
  readonly operatorsOnCpu: number;
}

/** The device in two words, for headings and tables. */
export function agentDeviceName(device: AgentDeviceUsed): string {
  switch (device) {
    case 'cpu':
      return 'CPU';
    case 'edgetpu':
      return 'Edge TPU';
    case 'test-double':
      return 'TEST DOUBLE';
  }
}
