import { expect, test } from 'vitest';
import type { AgentDescription } from '../../domain/agent-description.ts';
import { HOST } from '../../domain/testing/run-record.ts';
import { NO_COMPANION_TIMING, type CompanionTiming } from './companion-timing-store.ts';
import {
  companionScreenshot,
  figureLines,
  hostLines,
  warningOf,
  type CompanionScreenshotParts,
} from './companion-screenshot.ts';
import { AGENT_DESCRIPTION, DESCRIPTION } from '../../segmentation/testing/fake-segmenters.ts';

const FACTOR = { value: 2, low: 1.9, high: 2.1, faster: 'agent' } as const;
const TIMING: CompanionTiming = {
  ...NO_COMPANION_TIMING,
  agreement: { overall01: 0.9 } as CompanionTiming['agreement'],
  speed: { paired: true, frames: 64, segmentation: FACTOR, inference: FACTOR },
};
const DOUBLE: AgentDescription = { ...AGENT_DESCRIPTION, deviceAsked: 'edgetpu', deviceUsed: 'test-double' };

function canvas(color: string): HTMLCanvasElement {
  const drawn = document.createElement('canvas');
  drawn.width = 64;
  drawn.height = 48;
  const context = drawn.getContext('2d');
  if (context === null) throw new Error('There is no 2D canvas.');
  context.fillStyle = color;
  context.fillRect(0, 0, 64, 48);
  return drawn;
}

const parts = (change: Partial<CompanionScreenshotParts> = {}): CompanionScreenshotParts => ({
  browser: DESCRIPTION,
  agent: AGENT_DESCRIPTION,
  source: {
    label: 'sample',
    width: 64,
    height: 48,
    moving: false,
    mirrorByDefault: false,
    capture: () => Promise.reject(new Error('not asked for')),
    counters: () => ({ unique: 1, skipped: 0 }),
    onEnd: () => undefined,
    close: () => undefined,
  },
  timing: TIMING,
  canvases: { browser: canvas('red'), agent: canvas('blue'), agreement: canvas('green') },
  date: new Date('2026-11-22T12:00:00Z'),
  ...change,
});

test('draws both sides and their agreement in one picture, and names the file after both devices', async () => {
  const { fileName, blob } = await companionScreenshot(parts());
  expect(fileName).toContain('wasm-and-cpu');
  expect(fileName).toMatch(/\.png$/);
  const bitmap = await createImageBitmap(blob);
  const drawn = new OffscreenCanvas(bitmap.width, bitmap.height).getContext('2d');
  drawn?.drawImage(bitmap, 0, 0);
  const { data } = drawn?.getImageData(0, 0, bitmap.width, bitmap.height) ?? { data: [] };
  const seen = new Set<string>();
  for (let i = 0; i < data.length; i += 4) seen.add([data[i], data[i + 1], data[i + 2]].join(' '));
  expect([...seen]).toEqual(expect.arrayContaining(['255 0 0', '0 0 255', '0 128 0']));
});

test('marks a picture from a test double in its name and in the picture', async () => {
  const { fileName } = await companionScreenshot(parts({ agent: DOUBLE }));
  expect(fileName).toContain('wasm-and-test-double');
  expect(fileName).not.toContain('edgetpu');
});

test('prints agreement and factor, but no figures from a test double', () => {
  expect(figureLines(TIMING, AGENT_DESCRIPTION)).toEqual([
    'Both agree on 90.0 % of the pixels of this frame.',
    'The agent is 2.00 times as fast (1.90 to 2.10; paired, 64 frames, 95 % interval).',
  ]);
  expect(figureLines(TIMING, DOUBLE)).toEqual(['Not compared: the agent ran on a TEST DOUBLE.']);
});

test('refuses a screenshot unless both sides run', async () => {
  for (const missing of [{ browser: null }, { agent: null }, { source: null }]) {
    await expect(companionScreenshot(parts(missing))).rejects.toMatchObject({
      problem: { kind: 'screenshot-failed' },
    });
  }
});

test('prints the machine below the figures, and a throttling warning above everything else', () => {
  expect(hostLines(HOST)).toEqual([
    "The agent's machine over the last 12 s: cpu-thermal 51.1 to 54.0 °C, clock 1500 to 1800 MHz, throttled: none.",
  ]);
  const silent = { ...HOST, temperature: null, cpuMegahertz: null, throttling: null };
  expect(hostLines(silent)[0]).toContain('temperature not told, clock not told, throttling not told');
  expect(hostLines(null)).toEqual([]);
  const during = ['soft temperature limit'] as const;
  const hot = { ...HOST, throttling: { during, sinceBoot: during } };
  expect(warningOf(AGENT_DESCRIPTION, HOST)).toBeNull();
  expect(warningOf(AGENT_DESCRIPTION, hot)).toContain(
    'throttled meanwhile (soft temperature limit): not to be',
  );
  expect(warningOf(DOUBLE, hot)).toContain('TEST DOUBLE');
});
