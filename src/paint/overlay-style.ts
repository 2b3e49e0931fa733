/** How the overlay looks; a matter of display only, never of labels. */
import type { Colormap } from '../domain/labels/colormap.ts';

export interface OverlayStyle {
  /** Opacity of the class colours over the picture, 0..1. */
  readonly opacity01: number;
  /** Draw the borders between classes as opaque lines. */
  readonly outlines: boolean;
  /** Colour the background too (VOC: black, which darkens the picture); an isolated background is coloured anyway. */
  readonly background: boolean;
  /** Only this class is coloured; null = all. */
  readonly isolatedClass: number | null;
  readonly colormap: Colormap;
}
