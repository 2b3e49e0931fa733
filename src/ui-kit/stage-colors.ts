/** The stage palette as CSS variables (--stage-capture and so on) for charts, tables and keys. */
import type { CSSProperties } from 'react';
import { STAGE_PALETTE } from '../domain/measuring/stage-palette.ts';
import { STAGES } from '../domain/measuring/stage-timings.ts';

export const STAGE_COLORS = Object.fromEntries(
  STAGES.map((stage) => {
    const { light, dark } = STAGE_PALETTE[stage];
    return [`--stage-${stage}`, `light-dark(${light}, ${dark})`];
  }),
) as CSSProperties;
