/** How a segmenter on an agent describes itself: a SegmenterDescription with the agent's own words for its device. */
import { BACKENDS } from './backend.ts';
import type { SegmenterDescription } from './measuring/configuration.ts';

export const AGENT_DEVICES = ['cpu', 'edgetpu'] as const;
/** The requested device; a request for a missing Edge TPU is an error and never runs silently on the CPU. */
export type AgentDevice = (typeof AGENT_DEVICES)[number];
/** The device that ran the network; a test double of libedgetpu is never called an Edge TPU. */
export const AGENT_DEVICES_USED = [...AGENT_DEVICES, 'test-double'] as const;
export type AgentDeviceUsed = (typeof AGENT_DEVICES_USED)[number];

export const MODEL_TAILS = ['cut', 'stock'] as const;
/** cut: without the file's own resizing and argmax, because the agent does both; stock: the file as published. */
export type ModelTail = (typeof MODEL_TAILS)[number];

/** The machine behind an agent, as its greeting describes it. */
export interface AgentMachine {
  readonly agentVersion: string;
  /** "Raspberry Pi 4 Model B Rev 1.4"; null if the machine does not name itself. */
  readonly board: string | null;
  /** "Linux 6.6 arm64" */
  readonly system: string;
  readonly cores: number;
  readonly node: string;
  /** libedgetpu with its version; null: it could not be opened. */
  readonly edgeTpuLibrary: string | null;
  /** Of the Coral stick; null: none is plugged in, or the kernel does not report its port speed. */
  readonly usbPort: 'USB 2' | 'USB 3' | null;
}

/** USB 2 signals 480 Mbit/s at most, USB 3 5,000 and more. null if the port speed is unknown. */
export function usbPort(megabitsPerSecond: number | null): AgentMachine['usbPort'] {
  if (megabitsPerSecond === null) return null;
  return megabitsPerSecond >= 5000 ? 'USB 3' : 'USB 2';
}

export interface AgentDescription extends Omit<SegmenterDescription, 'backend'> {
  readonly backend: 'tflite';
  /** As the user typed it, "localhost:8590". */
  readonly agentAddress: string;
  readonly tail: ModelTail;
  readonly deviceAsked: AgentDevice;
  readonly deviceUsed: AgentDeviceUsed;
  readonly operatorsOnTpu: number;
  readonly operatorsOnCpu: number;
  readonly machine: AgentMachine;
}

/** The segmenter behind a run: a network in this browser, or one on an agent. */
export type AnyDescription = SegmenterDescription | AgentDescription;

export function isOnAgent(description: AnyDescription): description is AgentDescription {
  return 'agentAddress' in description;
}

/** True if a test double of the Edge TPU ran: its figures are not results. */
export function ranOnDouble(description: AnyDescription): boolean {
  return isOnAgent(description) && description.deviceUsed === 'test-double';
}

/** What ran the network, for tables: "wasm", "tflite, CPU", "tflite, TEST DOUBLE". */
export function placeName(description: AnyDescription): string {
  return isOnAgent(description)
    ? `${description.backend}, ${agentDeviceName(description.deviceUsed)}`
    : description.backend;
}

/** The backends a run can have: one of this browser's, or TensorFlow Lite on an agent. */
export const RUN_BACKENDS = [...BACKENDS, 'tflite'] as const;
export type RunBackend = (typeof RUN_BACKENDS)[number];

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

/** "Segscope MobileNetV2 (segscope-mnv2-257)"; a file on an agent has only its id. */
export function modelWords({ modelName, modelId }: Pick<AnyDescription, 'modelName' | 'modelId'>): string {
  return modelName === modelId ? modelId : `${modelName} (${modelId})`;
}
