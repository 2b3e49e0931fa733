/** Wording for an agent's states and choices. */
import {
  agentDeviceName,
  type AgentDescription,
  type AgentDevice,
  type ModelTail,
} from '../../../domain/agent-description.ts';
import type { FrameCodec } from '../../../domain/frame-codec.ts';
import type { AgentConnection, EdgeTpuFacts, NamedVersion } from '../agent-store.ts';

export const CONNECTION_WORDS: Readonly<Record<AgentConnection['kind'], string>> = {
  idle: 'not connected',
  connecting: 'connecting…',
  'waiting-to-reconnect': 'connection lost',
  open: 'connected',
  refused: 'refused',
};

export const TAIL_NOTES: Readonly<Record<ModelTail, string>> = {
  cut: "without the file's final resize and argmax, which the agent does itself",
  stock: 'the file as published',
};

/** Label shares measured with 41 pictures and Coral's PASCAL dm05 file, x64. */
export const CODEC_NOTES: Readonly<Record<FrameCodec, string>> = {
  rgb8: 'lossless, 3 bytes per pixel',
  jpeg85: 'a twentieth of the bytes; changes about 2 % of the labels',
  jpeg95: 'a tenth of the bytes; changes about 0.8 % of the labels',
};

/** The name of a device; a test double is never called an Edge TPU. */
export function deviceWords(device: AgentDevice, { testDouble }: EdgeTpuFacts): string {
  return agentDeviceName(device === 'edgetpu' && testDouble ? 'test-double' : device);
}

/** "TensorFlow Lite 2.9.0". */
export function versionWords({ name, version }: NamedVersion): string {
  return `${name} ${version}`;
}

/** The agent's setup on one line. */
export function agentWords(description: AgentDescription): string {
  const { modelName, runtime, deviceUsed, threads, device, inputSize, precision, tail } = description;
  return [
    modelName,
    `${runtime}, ${agentDeviceName(deviceUsed)}${threads === null ? '' : `, ${threadWords(threads)}`}`,
    device,
    `${inputSize} px`,
    precision,
    `tail ${tail}`,
  ].join(' · ');
}

/** "1 thread", "4 threads" */
export const threadWords = (threads: number) => `${threads} ${threads === 1 ? 'thread' : 'threads'}`;
