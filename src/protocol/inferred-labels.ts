/** The binary answer of the protocol: the label map of one frame with the duration of each step (SPEC 6). */
import { decodeLabelRuns, encodeLabelRuns, maxLabelRunBytes, ProtocolError } from './label-runs.ts';
import { MAX_SIDE, PROTOCOL_VERSION } from './limits.ts';

/**
 * The durations that the agent measures for a frame, in wire order; `total` runs from the message's arrival to its
 * answer.
 */
export const AGENT_STAGES = [
  'wait',
  'decode',
  'resize',
  'quantise',
  'invoke',
  'postprocess',
  'encode',
  'total',
] as const;

export type AgentStage = (typeof AGENT_STAGES)[number];

/** ms, >= 0. */
export type AgentStages = Readonly<Record<AgentStage, number>>;

export interface InferredLabels {
  readonly frameId: number;
  /** Of the label map, px: the picture as the network saw it, without padding. */
  readonly width: number;
  readonly height: number;
  /** Class index per pixel, row-major. */
  readonly labels: Uint8Array<ArrayBuffer>;
  /** Frames of this connection that were answered `dropped` so far. */
  readonly droppedSoFar: number;
  readonly stages: AgentStages;
}

export const INFERRED_HEADER_BYTES = 20 + 4 * AGENT_STAGES.length;
const STAGES_AT = 20;
/** "SEGL" as a little-endian number. */
const INFERRED_MAGIC = 0x4c474553;

/** Buffer for runs, reused: allocating half a megabyte of zeros per frame costs 0.4 ms (x64, Node 20). */
let room = new Uint8Array(0);

/** The input of the encoder; setAgentStage writes `encode` and `total` afterwards. */
export function encodeInferredLabels(answer: InferredLabels): Uint8Array<ArrayBuffer> {
  const { width, height, labels } = answer;
  const roomBytes = maxLabelRunBytes(labels.length);
  if (room.length < roomBytes) room = new Uint8Array(roomBytes);
  const runBytes = encodeLabelRuns(labels, room);
  const bytes = new Uint8Array(INFERRED_HEADER_BYTES + runBytes);
  bytes.set(room.subarray(0, runBytes), INFERRED_HEADER_BYTES);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, INFERRED_MAGIC, true);
  view.setUint8(4, PROTOCOL_VERSION);
  view.setUint32(8, answer.frameId, true);
  view.setUint16(12, width, true);
  view.setUint16(14, height, true);
  view.setUint32(16, answer.droppedSoFar, true);
  AGENT_STAGES.forEach((stage, i) => view.setFloat32(STAGES_AT + 4 * i, answer.stages[stage], true));
  return bytes;
}

/** Writes one duration into an encoded answer: some are known only once it is complete. */
export function setAgentStage(bytes: Uint8Array, stage: AgentStage, milliseconds: number): void {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  view.setFloat32(STAGES_AT + 4 * AGENT_STAGES.indexOf(stage), milliseconds, true);
}

/** The count belongs to the connection, which the encoder in the engine does not know. */
export function setDroppedSoFar(bytes: Uint8Array, dropped: number): void {
  new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength).setUint32(16, dropped, true);
}

/** @throws ProtocolError naming the field that is wrong. */
export function decodeInferredLabels(bytes: Uint8Array): InferredLabels {
  if (bytes.length < INFERRED_HEADER_BYTES)
    throw new ProtocolError('The labels are shorter than their header.');
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (view.getUint32(0, true) !== INFERRED_MAGIC)
    throw new ProtocolError('The labels do not begin with SEGL.');
  if (view.getUint8(4) !== PROTOCOL_VERSION)
    throw new ProtocolError('The labels have another protocol version.');
  if (view.getUint8(5) !== 0 || view.getUint16(6, true) !== 0) {
    throw new ProtocolError('A reserved byte of the labels is not 0.');
  }
  const width = view.getUint16(12, true);
  const height = view.getUint16(14, true);
  if (width < 1 || width > MAX_SIDE || height < 1 || height > MAX_SIDE) {
    throw new ProtocolError(`A label map cannot be ${width} x ${height}.`);
  }
  const stage = (name: AgentStage): number => {
    const milliseconds = view.getFloat32(STAGES_AT + 4 * AGENT_STAGES.indexOf(name), true);
    if (!(milliseconds >= 0 && milliseconds < Infinity)) {
      throw new ProtocolError(`The stage ${name} is not a duration.`);
    }
    return milliseconds;
  };
  return {
    frameId: view.getUint32(8, true),
    width,
    height,
    labels: decodeLabelRuns(bytes.subarray(INFERRED_HEADER_BYTES), new Uint8Array(width * height)),
    droppedSoFar: view.getUint32(16, true),
    stages: {
      wait: stage('wait'),
      decode: stage('decode'),
      resize: stage('resize'),
      quantise: stage('quantise'),
      invoke: stage('invoke'),
      postprocess: stage('postprocess'),
      encode: stage('encode'),
      total: stage('total'),
    },
  };
}
