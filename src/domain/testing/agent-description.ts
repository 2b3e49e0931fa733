/** How an agent on the CPU of a Raspberry Pi 4 describes itself, for tests; never shown as measured. */
import type { AgentDescription, AgentMachine } from '../agent-description.ts';
import type { SegmenterDescription } from '../measuring/configuration.ts';

export const PI_MACHINE: AgentMachine = {
  agentVersion: '0.1.0',
  board: 'Raspberry Pi 4 Model B Rev 1.4',
  system: 'Linux 6.6 arm64',
  cores: 4,
  node: '20.20.0',
  edgeTpuLibrary: null,
  usbPort: null,
};

/** The same network on such an agent. */
export function onPi(
  segmenter: SegmenterDescription,
  change: Partial<AgentDescription> = {},
): AgentDescription {
  return {
    ...segmenter,
    backend: 'tflite',
    agentAddress: 'localhost:8590',
    tail: 'cut',
    deviceAsked: 'cpu',
    deviceUsed: 'cpu',
    operatorsOnTpu: 0,
    operatorsOnCpu: 71,
    machine: PI_MACHINE,
    ...change,
  };
}
