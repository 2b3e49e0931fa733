import { strFromU8, unzipSync } from 'fflate';
import { describe, expect, test } from 'vitest';
import { expectWritten, readGolden } from '../../../scripts/testing/golden.ts';
import { accuracyOf, type ScoredPicture } from '../../domain/accuracy/accuracy-figures.ts';
import { evaluationOf, type RecordedEvaluation } from '../../domain/recorded-setup.ts';
import { agreementCsv, agreementJson } from '../../report/agreement-files.ts';
import { calibrationZip } from '../../report/calibration-zip.ts';
import { skippedCsv } from '../../report/evaluation-files.ts';
import { labCsv } from '../../report/lab-csv.ts';
import { exportResults } from './evaluation-export.ts';

const DATE = new Date('2026-11-22T15:00:00Z');

interface Kept {
  readonly stores: Readonly<
    Record<'results' | 'pictures', { readonly records: readonly (readonly [unknown, unknown])[] }>
  >;
}

/** As the browser stores them; typed arrays are plain arrays here. */
const kept = JSON.parse(readGolden('database-evaluations-1.json'), (_, value: unknown) => {
  const [[name, content] = ['']] = Object.entries(Object(value) as object) as [string, unknown][];
  return /^\$Uint/.test(name) ? content : value;
}) as Kept;

/**
 * VOC val with a picture that is only void, absent classes, a class that is only predicted and a class outside the
 * model's list; a partial result on an agent; a result without any picture.
 */
const results = kept.stores.results.records.map(([, result]) => evaluationOf(result as RecordedEvaluation));

test('keeps the figures of pictures identical to the last digit', () => {
  for (const { id, description, figures, matrix } of results) {
    const pictures = kept.stores.pictures.records.flatMap(([key, picture]) =>
      Array.isArray(key) && key[0] === id ? [picture as ScoredPicture] : [],
    );
    expect(accuracyOf(pictures, description.classNames)).toEqual({ figures, matrix });
  }
});

describe('an export of results has the same bytes', () => {
  test.each(['json', 'csv', 'markdown'] as const)('as %s', async (format) => {
    for (const { fileName, blob } of exportResults(results, format, DATE)) {
      expectWritten(`evaluation/${fileName}`, await blob.text());
    }
  });

  test('for skipped files', () => {
    const skipped = [
      { name: 'alone.png', reason: 'no-mask', sentence: 'There is no mask "alone", or "it".' },
    ] as const;
    expectWritten('evaluation/skipped.csv', skippedCsv({ name: 'VOC2012', skipped }, results));
  });

  test('for the lab', () => {
    const axis = {
      borders: 30,
      matched01: 0.9,
      thirds: [0.1, null, -0.25],
      median: 0.2,
      meanDistance: 0.4,
    } as const;
    const silent = { ...axis, thirds: [null, null, null], median: null, meanDistance: null } as const;
    const [compared, change] = [
      {
        pictures: 2,
        baseline: 0.7,
        other: 0.65,
        difference: { value: -0.05, low: -0.0712, high: 0.001 },
        ...{
          distinguishable: false,
          verdict: '',
          better: 0,
          equal: 1,
          worse: 1,
          perPicture: [],
          warnings: [],
        },
      },
      { pictures: 2, agreement01: 0.987654321, x: axis, y: silent },
    ];
    const rows = results.map((result, i) => ({
      result,
      compared: i === 1 ? compared : null,
      change: i === 1 ? change : null,
    }));
    expectWritten('evaluation/lab.csv', labCsv(rows));
  });
});

describe('an export without ground truth has the same bytes', () => {
  const reading = {
    firstName: 'A, wasm',
    secondName: 'B "agent"',
    sourceLabel: 'camera: HD Webcam',
    frames: 2,
    seconds: 1.5,
    mean01: 0.9,
    median01: 0.91,
    lowest01: 1 / 3,
    last01: 1,
    history: [
      { seconds: 0, agreement01: 1 / 3 },
      { seconds: 1.5, agreement01: 1 },
    ],
    firstFlicker: { perPixelSecond: 0.25, stillSeconds: 3 },
    secondFlicker: { perPixelSecond: null, stillSeconds: 0 },
    swaps: [{ firstName: 'cat', secondName: 'dog', share01: 0.02 }],
  };

  test('for agreement', () => {
    expectWritten('evaluation/agreement.json', agreementJson(reading, DATE));
    expectWritten('evaluation/agreement.csv', agreementCsv(reading));
  });

  test('for a calibration set', async () => {
    const picture = (type: string) => ({ blob: new Blob(['picture'], { type }), width: 640, height: 480 });
    const zip = await calibrationZip({
      sourceLabel: 'camera: HD Webcam',
      pictures: [picture('image/png'), picture('image/jpeg')],
      refused: 7,
      leastDistance: 8,
      meanDistance: 23.456,
      date: DATE,
    });
    const files = unzipSync(new Uint8Array(await zip.arrayBuffer()));
    expectWritten('calibration/files.txt', `${Object.keys(files).join('\n')}\n`);
    for (const name of ['README.md', 'quantise.py']) {
      expectWritten(`calibration/${name}`, strFromU8(files[name] ?? new Uint8Array()));
    }
  });
});
