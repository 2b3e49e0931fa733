import { browserSetup } from '../../../domain/setup.ts';
import { expect, test } from 'vitest';
import { page } from 'vitest/browser';
import type { AgreementReading } from '../agreement-store.ts';
import { DEFAULT_CALIBRATION } from '../calibration-store.ts';
import { showEvaluation } from '../../live/testing/show.tsx';

const READING: AgreementReading = {
  firstName: 'A, wasm, 257 px, fit',
  secondName: 'A, wasm, 385 px, fit',
  sourceLabel: 'camera: HD Webcam',
  frames: 120,
  seconds: 30,
  last01: 0.91,
  mean01: 0.93,
  median01: 0.94,
  lowest01: 0.7,
  history: [
    { seconds: 0, agreement01: 0.9 },
    { seconds: 30, agreement01: 0.91 },
  ],
  firstFlicker: { perPixelSecond: 0.12, stillSeconds: 12 },
  secondFlicker: { perPixelSecond: null, stillSeconds: 0 },
  swaps: [
    {
      firstName: 'cat',
      secondName: 'dog',
      firstColor: 'rgb(64 0 0)',
      secondColor: 'rgb(64 0 128)',
      share01: 0.031,
    },
  ],
};
const PLAN = { first: browserSetup('a', 257, 'wasm'), second: browserSetup('a', 385, 'wasm') };

test('a comparison starts with the live setup against the next size, and can be stopped', async () => {
  const { parts, evaluationCallsOf } = await showEvaluation();
  await page.getByRole('button', { name: 'Compare on the live source' }).click();
  expect(evaluationCallsOf('agreement.start')).toMatchObject([
    [{ first: { inputSize: 257 }, second: { inputSize: 385 } }],
  ]);
  parts.agreement.agreement.setState({ status: { kind: 'running', plan: PLAN } });
  await page.getByRole('button', { name: 'Stop comparing' }).click();
  expect(evaluationCallsOf('agreement.stop')).toHaveLength(1);
});

test('agreement, flicker and swapped classes are shown; flicker of a moving scene is unknown', async () => {
  const { parts } = await showEvaluation();
  parts.agreement.agreement.setState({ status: { kind: 'stopped', plan: PLAN }, reading: READING });
  const section = page.getByRole('region', { name: 'Agreement without truth' });
  await expect.element(section).toHaveTextContent('120 frames in 30 s');
  await expect.element(section).toHaveTextContent('0.12 /px/s');
  await expect.element(section).toHaveTextContent('scene is moving');
  await expect.element(section.getByRole('listitem')).toHaveTextContent(/cat.*dog.*3.1 %/);
});

test('readings can be saved once there is a frame', async () => {
  const { parts, evaluationCallsOf } = await showEvaluation();
  const section = page.getByRole('region', { name: 'Agreement without truth' });
  await expect.element(section.getByRole('button', { name: 'Compare on the live source' })).toBeVisible();
  expect(section.getByRole('button', { name: /^Save as/ }).elements()).toEqual([]);
  parts.agreement.agreement.setState({ status: { kind: 'stopped', plan: PLAN }, reading: READING });
  await section.getByRole('button', { name: 'Save as CSV' }).click();
  await section.getByRole('button', { name: 'Save as JSON' }).click();
  expect(evaluationCallsOf('agreement.exportReading')).toEqual([['csv'], ['json']]);
});

test('two different class lists are refused with the reason', async () => {
  const { parts } = await showEvaluation();
  parts.agreement.agreement.setState({
    status: { kind: 'failed', problem: { kind: 'classes-differ', first: 'VOC net', second: 'City net' } },
  });
  await expect.element(page.getByText(/"VOC net" and "City net" use different class lists/)).toBeVisible();
});

test('a calibration set is recorded with the entered numbers', async () => {
  const { evaluationCallsOf } = await showEvaluation();
  await page.getByRole('spinbutton', { name: 'pictures' }).fill('50');
  await page.getByRole('button', { name: 'Record', exact: true }).click();
  expect(evaluationCallsOf('calibration.start')).toEqual([[{ ...DEFAULT_CALIBRATION, pictures: 50 }]]);
});

test('near-duplicates are counted, and a picture can be removed', async () => {
  const { parts, evaluationCallsOf } = await showEvaluation();
  const blob = new Blob(
    ['<svg xmlns="http://www.w3.org/2000/svg" width="4" height="3"><rect width="4" height="3"/></svg>'],
    { type: 'image/svg+xml' },
  );
  parts.calibration.calibration.setState({
    status: { kind: 'done' },
    plan: DEFAULT_CALIBRATION,
    sourceLabel: 'camera: HD Webcam',
    pictures: [{ id: 7, blob, width: 4, height: 3, nearest: null }],
    refused: 9,
    lastDistance: 3.2,
  });
  await expect
    .element(page.getByText(/1 of 30 pictures from camera: HD Webcam, 9 near-duplicates/))
    .toBeVisible();
  await page.getByRole('button', { name: 'Remove picture 1' }).click();
  expect(evaluationCallsOf('calibration.remove')).toEqual([[7]]);
  await page.getByRole('button', { name: 'Save as zip' }).click();
  await expect.element(page.getByText(/no zip was prepared/)).toBeVisible();
});

test('only one of scoring, comparing and recording can run at a time', async () => {
  const { parts } = await showEvaluation();
  const record = page.getByRole('button', { name: 'Record', exact: true });
  await expect.element(record).toBeEnabled();
  parts.agreement.agreement.setState({ status: { kind: 'running', plan: PLAN } });
  await expect.element(record).toBeDisabled();
  parts.agreement.agreement.setState({ status: { kind: 'stopped', plan: PLAN } });
  parts.calibration.calibration.setState({ status: { kind: 'recording' }, plan: DEFAULT_CALIBRATION });
  await expect.element(page.getByRole('button', { name: 'Compare on the live source' })).toBeDisabled();
  await expect.element(page.getByRole('button', { name: 'Stop recording' })).toBeEnabled();
});
