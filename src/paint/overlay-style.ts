/** How the overlay looks; it affects only the display, never the labels. */
import type { Colormap } from '../domain/labels/colormap.ts';

export interface OverlayStyle {
  /** Opacity of the class colours over the picture, 0..1. */
  readonly opacity01: number;
  /** Draw the borders between classes as opaque lines. */
  readonly outlines: boolean;
  /**
   * Colour the background too (VOC: black, which darkens the picture); an isolated background always has its colour.
   */
  readonly background: boolean;
  /** Colour only this class; null = all. */
  readonly isolatedClass: number | null;
  readonly colormap: Colormap;
}
