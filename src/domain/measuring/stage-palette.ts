/** One colour per stage, colour-blind safe, the same in charts, tables and exports. */
import type { Stage } from './stage-timings.ts';

/**
 * CSS hex colours for a light and a dark background, with the same hues. A search found them, for at least 3:1 contrast
 * with the background (#ffffff, #14171a) and the largest distance between any two, in normal vision and in simulated
 * protanopia, deuteranopia and tritanopia: CIE 1976 distance 26 and more. The Okabe-Ito colours, darkened to 3:1, come
 * down to 0.4.
 */
export const STAGE_PALETTE: Readonly<Record<Stage, { readonly light: string; readonly dark: string }>> = {
  capture: { light: '#545454', dark: '#a6a6a6' },
  encode: { light: '#ab920a', dark: '#facd33' },
  transport: { light: '#009be7', dark: '#4cb4fe' },
  preprocess: { light: '#7b2703', dark: '#bf6322' },
  inference: { light: '#442fcd', dark: '#6c5efc' },
  postprocess: { light: '#779c5d', dark: '#b7f398' },
  paint: { light: '#792882', dark: '#815590' },
};
