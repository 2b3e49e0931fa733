/** The three ways in which two segmentations can differ at a pixel, each with its own colour. */
import type { ClassListId } from './class-list.ts';
import type { Rgb } from './colormap.ts';

export const DIFFERENCES = ['browser-only', 'agent-only', 'other-class'] as const;
/** Only the browser sees an object, only the agent does, or both see different ones. */
export type Difference = (typeof DIFFERENCES)[number];

/** Blue, orange and reddish purple of Okabe and Ito's set for colour-blind readers ("Color Universal Design", 2008). */
export const DIFFERENCE_COLORS: Readonly<Record<Difference, Rgb>> = {
  'browser-only': [0, 114, 178],
  'agent-only': [230, 159, 0],
  'other-class': [204, 121, 167],
};

/** null if the list has no background: then every difference is a different class. */
export function backgroundOf(classList: ClassListId | null): number | null {
  return classList === 'cityscapes' ? null : 0;
}

/** @param background of the class list */
export function differenceOf(browser: number, agent: number, background: number | null): Difference {
  if (agent === background) return 'browser-only';
  return browser === background ? 'agent-only' : 'other-class';
}
