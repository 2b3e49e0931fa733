/** The binary request of the protocol: one frame to segment, 20 bytes of header and the pixels (SPEC 5). */
import { ProtocolError } from './label-runs.ts';
import { MAX_MESSAGE_BYTES, MAX_SIDE, PROTOCOL_VERSION } from './limits.ts';

export const FRAME_CODECS = ['rgb8', 'jpeg'] as const;
export type FrameCodec = (typeof FRAME_CODECS)[number];

/** How a picture is fitted into the network's square: scaled so that its longest side fits, or unscaled if it fits. */
export const FRAME_FITS = ['fit', 'native'] as const;
export type FrameFit = (typeof FRAME_FITS)[number];

export interface InferFrame {
  /** Chosen by the client, returned with the labels; 0..2^32-1. */
  readonly frameId: number;
  readonly codec: FrameCodec;
  readonly fit: FrameFit;
  /** Of the decoded picture, px, 1..MAX_SIDE. */
  readonly width: number;
  readonly height: number;
  /** rgb8: width * height * 3 bytes, row-major; jpeg: a JFIF file. */
  readonly payload: Uint8Array;
}

export const INFER_HEADER_BYTES = 20;
/** "SEGI" as a little-endian number. */
const INFER_MAGIC = 0x49474553;

/** @throws ProtocolError when a field is out of range. */
export function encodeInferFrame(frame: InferFrame): Uint8Array<ArrayBuffer> {
  checkFrame(frame);
  const bytes = new Uint8Array(INFER_HEADER_BYTES + frame.payload.length);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, INFER_MAGIC, true);
  view.setUint8(4, PROTOCOL_VERSION);
  view.setUint8(5, FRAME_CODECS.indexOf(frame.codec));
  view.setUint8(6, FRAME_FITS.indexOf(frame.fit));
  view.setUint32(8, frame.frameId, true);
  view.setUint16(12, frame.width, true);
  view.setUint16(14, frame.height, true);
  view.setUint32(16, frame.payload.length, true);
  bytes.set(frame.payload, INFER_HEADER_BYTES);
  return bytes;
}

/**
 * The payload is a view into `bytes`, not a copy.
 * @throws ProtocolError naming the field that is wrong.
 */
export function decodeInferFrame(bytes: Uint8Array): InferFrame {
  if (bytes.length < INFER_HEADER_BYTES) throw new ProtocolError('The frame is shorter than its header.');
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (view.getUint32(0, true) !== INFER_MAGIC) throw new ProtocolError('The frame does not begin with SEGI.');
  if (view.getUint8(4) !== PROTOCOL_VERSION)
    throw new ProtocolError('The frame has another protocol version.');
  const codec = FRAME_CODECS[view.getUint8(5)];
  if (codec === undefined) throw new ProtocolError('The frame has an unknown codec.');
  const fit = FRAME_FITS[view.getUint8(6)];
  if (fit === undefined) throw new ProtocolError('The frame has an unknown fit.');
  if (view.getUint8(7) !== 0) throw new ProtocolError('A reserved byte of the frame is not 0.');
  if (view.getUint32(16, true) !== bytes.length - INFER_HEADER_BYTES) {
    throw new ProtocolError('The payload of the frame does not have the announced size.');
  }
  const frame: InferFrame = {
    frameId: view.getUint32(8, true),
    codec,
    fit,
    width: view.getUint16(12, true),
    height: view.getUint16(14, true),
    payload: bytes.subarray(INFER_HEADER_BYTES),
  };
  checkFrame(frame);
  return frame;
}

function checkFrame({ frameId, codec, width, height, payload }: InferFrame): void {
  if (!Number.isInteger(frameId) || frameId < 0 || frameId > 0xffffffff) {
    throw new ProtocolError('The frame id is out of range.');
  }
  for (const side of [width, height]) {
    if (!Number.isInteger(side) || side < 1 || side > MAX_SIDE) {
      throw new ProtocolError(`A side of the frame is ${side}; it must be 1 to ${MAX_SIDE}.`);
    }
  }
  if (codec === 'rgb8' && payload.length !== width * height * 3) {
    throw new ProtocolError('The frame does not have three bytes per pixel.');
  }
  if (payload.length === 0) throw new ProtocolError('The frame is empty.');
  if (payload.length > MAX_MESSAGE_BYTES - INFER_HEADER_BYTES)
    throw new ProtocolError('The frame is too large.');
}
