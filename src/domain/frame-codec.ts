/** How frames travel to an agent: raw, or as JPEG at one of two qualities. */

export const FRAME_CODECS = ['rgb8', 'jpeg85', 'jpeg95'] as const;
/** rgb8: three bytes per pixel, so that the agent sees exactly the bytes that a network in the browser sees. */
export type FrameCodec = (typeof FRAME_CODECS)[number];

/** For tables and lists. */
export const CODEC_WORDS: Readonly<Record<FrameCodec, string>> = {
  rgb8: 'raw',
  jpeg85: 'JPEG 85',
  jpeg95: 'JPEG 95',
};

/** 0..1, as a canvas expects it; null: not a JPEG. */
export function jpegQuality01(codec: FrameCodec): number | null {
  switch (codec) {
    case 'rgb8':
      return null;
    case 'jpeg85':
      return 0.85;
    case 'jpeg95':
      return 0.95;
  }
}
