/** One rule for alpha everywhere: dropped, as in TensorFlow's decoder, whatever was drawn before. */
import { expect, test } from 'vitest';
import { pixelsOf } from '../e2e/fixtures/pixel-hash.ts';
import { decodePicture, decodePixels } from './capture/decode-picture.ts';
import { openFile } from './capture/open-source.ts';
import {
  TRANSPARENT_RGB,
  TRANSPARENT_SIZE,
  transparentPng,
  whitePng,
} from '../e2e/fixtures/transparent-png.ts';
import { encodePicture } from './paint/encode-picture.ts';
import { palettePng } from './evaluation/testing/files.ts';
import { encodeLabelRuns, maxLabelRunBytes } from './protocol/label-runs.ts';
import { FrameBytes, rgbOf } from './segmentation/frame-bytes.ts';
import { pictureViewsOf } from './features/evaluate/picture-views.ts';
import { createPixelSharing } from './segmentation/pair-segmenter.ts';
import { holdReportFrame } from './features/runs/report-frame.ts';
import * as doubles from './features/evaluate/testing/evaluation-doubles.ts';

const NEVER = new AbortController().signal;
const colours = (bitmap: ImageBitmap) => [...pixelsOf(bitmap).filter((_, at) => at % 4 !== 3)];
const decoded = async (file: Blob) => colours(await createImageBitmap(file));

test('the live view captures the colours as stored', async () => {
  const source = await openFile(transparentPng(), NEVER);
  expect(colours((await source.capture(NEVER)).pixels)).toEqual(TRANSPARENT_RGB);
  source.close();
});

test('an evaluation decodes the colours as stored', async () => {
  expect(colours(await decodePixels(transparentPng(), 'cut.png'))).toEqual(TRANSPARENT_RGB);
});

test('an agent gets the colours as stored, whatever was sent before', async () => {
  const bytes = new FrameBytes();
  const sent = async (file: File) => [
    ...rgbOf(bytes.read(await decodePixels(file, file.name), TRANSPARENT_SIZE)),
  ];
  expect(await sent(transparentPng())).toEqual(TRANSPARENT_RGB);
  expect(new Set(await sent(whitePng()))).toEqual(new Set([255]));
  expect(await sent(transparentPng())).toEqual(TRANSPARENT_RGB);
});

test('browser and agent are compared on the colours as stored', async () => {
  const share = createPixelSharing(() => 0);
  const source = await openFile(transparentPng(), NEVER);
  const { rgb, bitmap } = await share(await source.capture(NEVER), TRANSPARENT_SIZE.width);
  expect([...rgb]).toEqual(TRANSPARENT_RGB);
  expect(colours(bitmap)).toEqual(TRANSPARENT_RGB);
  source.close();
});

test('a report keeps the colours as stored', async () => {
  const source = await openFile(transparentPng(), NEVER);
  const held = await holdReportFrame(source, NEVER);
  expect(await decoded(new Blob([held.frame.png]))).toEqual(TRANSPARENT_RGB);
  expect(colours((await held.copy()).pixels)).toEqual(TRANSPARENT_RGB);
  held.close();
  source.close();
});

test('a calibration set keeps the colours as stored', async () => {
  const { bitmap } = await decodePicture(transparentPng(), 'cut.png');
  expect(await decoded(await encodePicture(bitmap, 'png'))).toEqual(TRANSPARENT_RGB);
});

test('an evaluated picture is shown as it was segmented', async () => {
  const { width, height } = TRANSPARENT_SIZE;
  const mask = new Blob([
    palettePng(
      width,
      height,
      TRANSPARENT_RGB.slice(0, width * height).map(() => 0),
    ),
  ]);
  const shown = async (picture: Blob) => {
    const file = (blob: Blob) => ({ path: 'cut.png', open: () => Promise.resolve(blob) });
    const pair = { name: 'cut', picture: file(picture), mask: file(mask) };
    const runs = new Uint8Array(maxLabelRunBytes(width * height));
    const written = encodeLabelRuns(new Uint8Array(width * height), runs);
    const labels = { name: 'cut', width, height, runs: runs.slice(0, written) };
    return (await pictureViewsOf(pair, labels, doubles.DESCRIPTION, null)).picture;
  };
  expect(await decoded(await shown(transparentPng()))).toEqual(TRANSPARENT_RGB);
  const opaque = whitePng();
  expect(await shown(opaque)).toBe(opaque);
});
