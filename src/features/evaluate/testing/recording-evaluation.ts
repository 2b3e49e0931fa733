/**
 * The sessions of the Evaluate view for component tests: they have real stores, record every call and do nothing
 * else.
 */
import type { AgreementSession } from '../agreement-session.ts';
import type { CalibrationSession } from '../calibration-session.ts';
import type { EvaluationParts } from '../start-evaluation.ts';
import type { EvaluationSession, PictureViews } from '../evaluation-session.types.ts';
import type { ExportFile } from '../../runs/run-session.ts';
import type {
  CellPicture,
  LabelChange,
  PairedComparison,
  RankedPicture,
} from '../../../domain/accuracy/evaluation.ts';
import { createAgreementStore } from '../agreement-store.ts';
import { createCalibrationStore } from '../calibration-store.ts';
import { createEvaluationStore } from '../evaluation-store.ts';
import { createRecordingRunSession } from '../../runs/testing/recording-run-session.ts';

type Methods<Session, Prefix extends string> = `${Prefix}${keyof Session & string}`;

export type EvaluationCall = readonly [
  method:
    | keyof EvaluationSession
    | Methods<AgreementSession, 'agreement.'>
    | Methods<CalibrationSession, 'calibration.'>,
  ...values: unknown[],
];

export interface RecordingEvaluation extends EvaluationParts {
  /** The calls, oldest first, except queries about pictures. */
  readonly calls: EvaluationCall[];
  answerCell: () => Promise<readonly CellPicture[]>;
  answerRanked: (end: 'worst' | 'best') => Promise<readonly RankedPicture[]>;
  answerViews: (name: string) => Promise<PictureViews>;
  answerComparison: () => Promise<PairedComparison | null>;
  answerLabelChange: (otherId: string) => Promise<LabelChange | null>;
  answerExport: () => Promise<readonly ExportFile[]>;
  answerZip: () => Promise<ExportFile>;
}

const TEXT_FILE: ExportFile = { fileName: 'skipped.csv', blob: new Blob(['name,reason\n']) };

export function createRecordingEvaluation(): RecordingEvaluation {
  const calls: EvaluationCall[] = [];
  const record =
    (method: EvaluationCall[0]) =>
    (...values: unknown[]) => {
      calls.push([method, ...values]);
    };
  const evaluation: EvaluationSession = {
    evaluation: createEvaluationStore(),
    openFolder: record('openFolder'),
    openTwoFolders: record('openTwoFolders'),
    chooseMapping: record('chooseMapping'),
    closeDataSet: record('closeDataSet'),
    start: record('start'),
    pause: record('pause'),
    resume: record('resume'),
    cancel: record('cancel'),
    forgetUnfinished: record('forgetUnfinished'),
    removeResults: record('removeResults'),
    picturesBehind: () => recording.answerCell(),
    rankedPictures: (_, end) => recording.answerRanked(end),
    pictureViews: (_, name) => recording.answerViews(name),
    compare: () => recording.answerComparison(),
    labelChange: (_, other) => recording.answerLabelChange(other),
    exportResults(ids, format) {
      calls.push(['exportResults', ids, format]);
      return recording.answerExport();
    },
    exportLab(baselineId, otherIds) {
      calls.push(['exportLab', baselineId, otherIds]);
      return Promise.resolve(TEXT_FILE);
    },
    exportSkipped(ids) {
      calls.push(['exportSkipped', ids]);
      return TEXT_FILE;
    },
    dismissProblem: record('dismissProblem'),
    close: record('close'),
  };
  const recording: RecordingEvaluation = {
    calls,
    answerCell: () => Promise.resolve([]),
    answerRanked: () => Promise.resolve([]),
    answerViews: () => Promise.reject(new Error('no picture was prepared')),
    answerComparison: () => Promise.resolve(null),
    answerLabelChange: () => Promise.resolve(null),
    answerExport: () => Promise.reject(new Error('no export was prepared')),
    answerZip: () => Promise.reject(new Error('no zip was prepared')),
    agents: createRecordingRunSession().agents,
    evaluation,
    agreement: {
      agreement: createAgreementStore(),
      start: record('agreement.start'),
      stop: record('agreement.stop'),
      attachCanvas: record('agreement.attachCanvas'),
      exportReading(format) {
        calls.push(['agreement.exportReading', format]);
        return TEXT_FILE;
      },
      close: record('agreement.close'),
    },
    calibration: {
      calibration: createCalibrationStore(),
      start: record('calibration.start'),
      stop: record('calibration.stop'),
      remove: record('calibration.remove'),
      clear: record('calibration.clear'),
      save() {
        calls.push(['calibration.save']);
        return recording.answerZip();
      },
      close: record('calibration.close'),
    },
  };
  return recording;
}
