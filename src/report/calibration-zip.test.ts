import { execFileSync } from 'node:child_process';
import { strFromU8, unzipSync } from 'fflate';
import { describe, expect, test } from 'vitest';
import { calibrationZip, type CalibrationSet } from './calibration-zip.ts';
import { QUANTISE_SCRIPT } from './quantise-script.ts';

const picture = (type: string, ...bytes: number[]) => ({
  blob: new Blob([Uint8Array.from(bytes)], { type }),
  width: 640,
  height: 480,
});

const SET: CalibrationSet = {
  sourceLabel: 'camera: HD Webcam',
  pictures: [picture('image/png', 1, 2, 3), picture('image/png', 4, 5)],
  refused: 7,
  leastDistance: 8,
  meanDistance: 23.456,
  date: new Date('2026-11-22T12:00:00Z'),
};

const unzipped = async (set: CalibrationSet) =>
  unzipSync(new Uint8Array(await (await calibrationZip(set)).arrayBuffer()));

describe('the zip of a calibration set', () => {
  test('contains every picture byte for byte, a README and the program', async () => {
    const files = await unzipped(SET);
    expect(Object.keys(files).sort()).toEqual([
      'README.md',
      'pictures/0001.png',
      'pictures/0002.png',
      'quantise.py',
    ]);
    expect([...(files['pictures/0001.png'] ?? [])]).toEqual([1, 2, 3]);
  });

  test('gives JPEG files the extension .jpg', async () => {
    const files = await unzipped({ ...SET, pictures: [picture('image/jpeg', 1)] });
    expect(Object.keys(files)).toContain('pictures/0001.jpg');
  });

  test('describes the set and both commands in its README', async () => {
    const readme = strFromU8((await unzipped(SET))['README.md'] ?? new Uint8Array());
    expect(readme).toContain('2 pictures from camera: HD Webcam, 640 x 480 px');
    expect(readme).toContain('Near-duplicates refused: 7');
    expect(readme).toContain('23.5 levels');
    expect(readme).toContain('python3 quantise.py --frozen-graph');
    expect(readme).toContain('edgetpu_compiler -s -o compiled model-int8.tflite');
  });
});

/** Checks only the syntax, so it does not need TensorFlow. */
const PYTHON = 'import ast, sys; ast.parse(sys.stdin.read())';

const hasPython = (() => {
  try {
    execFileSync('python3', ['--version'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
})();

// Without Python on the machine, the syntax cannot be checked.
test.skipIf(!hasPython)('the program is valid Python', () =>
  expect(() => execFileSync('python3', ['-c', PYTHON], { input: QUANTISE_SCRIPT })).not.toThrow(),
);
