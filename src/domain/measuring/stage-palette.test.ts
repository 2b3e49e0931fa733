import { describe, expect, test } from 'vitest';
import { STAGE_PALETTE } from './stage-palette.ts';
import { STAGES } from './stage-timings.ts';

type Triple = readonly [number, number, number];

/**
 * Converts linear sRGB to what a viewer without one cone type sees: Machado, Oliveira and Fernandes (2009), severity 1.
 */
const VISIONS: Readonly<Record<string, readonly [Triple, Triple, Triple]>> = {
  'normal vision': [
    [1, 0, 0],
    [0, 1, 0],
    [0, 0, 1],
  ],
  protanopia: [
    [0.152286, 1.052583, -0.204868],
    [0.114503, 0.786281, 0.099216],
    [-0.003882, -0.048116, 1.051998],
  ],
  deuteranopia: [
    [0.367322, 0.860646, -0.227968],
    [0.280085, 0.672501, 0.047413],
    [-0.01182, 0.04294, 0.968881],
  ],
  tritanopia: [
    [1.255528, -0.076749, -0.178779],
    [-0.078411, 0.930809, 0.147602],
    [0.004733, 0.691367, 0.3039],
  ],
};

const dot = (a: Triple, b: Triple) => a[0] * b[0] + a[1] * b[1] + a[2] * b[2];

function linear(hex: string): Triple {
  const channel = (at: number) => {
    const value = parseInt(hex.slice(at, at + 2), 16) / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  };
  return [channel(1), channel(3), channel(5)];
}

const luminance = (rgb: Triple) => dot(rgb, [0.2126, 0.7152, 0.0722]);

function contrast(a: string, b: string): number {
  const [dark = 0, light = 0] = [luminance(linear(a)), luminance(linear(b))].sort((x, y) => x - y);
  return (light + 0.05) / (dark + 0.05);
}

function lab(rgb: Triple): Triple {
  const f = (t: number) => (t > 0.008856 ? Math.cbrt(t) : 7.787 * t + 16 / 116);
  const x = f(dot(rgb, [0.4124, 0.3576, 0.1805]) / 0.9505);
  const y = f(luminance(rgb));
  const z = f(dot(rgb, [0.0193, 0.1192, 0.9505]) / 1.089);
  return [116 * y - 16, 500 * (x - y), 200 * (y - z)];
}

function seenAs(hex: string, vision: readonly [Triple, Triple, Triple]): Triple {
  const rgb = linear(hex);
  const clipped = (row: Triple) => Math.min(1, Math.max(0, dot(row, rgb)));
  return lab([clipped(vision[0]), clipped(vision[1]), clipped(vision[2])]);
}

describe.each([
  ['light', '#ffffff'],
  ['dark', '#14171a'],
] as const)('STAGE_PALETTE, %s', (theme, background) => {
  const colors = STAGES.map((stage) => STAGE_PALETTE[stage][theme]);

  test('every colour has a contrast of 3:1 with the background', () => {
    for (const color of colors) expect(contrast(color, background), color).toBeGreaterThanOrEqual(3);
  });

  test.each(Object.keys(VISIONS))('any two colours are distinguishable in %s', (name) => {
    const vision = VISIONS[name];
    if (vision === undefined) throw new Error(name);
    colors.forEach((one, i) => {
      for (const other of colors.slice(i + 1)) {
        const [a, b] = [seenAs(one, vision), seenAs(other, vision)];
        expect(Math.hypot(a[0] - b[0], a[1] - b[1], a[2] - b[2]), `${one} ${other}`).toBeGreaterThan(25);
      }
    });
  });
});
