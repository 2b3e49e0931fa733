/** What the Evaluate view can do. */
import type {
  CellPicture,
  EvaluationPlan,
  LabelChange,
  PairedComparison,
  RankedPicture,
} from '../../domain/accuracy/evaluation.ts';
import type { FolderSource } from '../../evaluation/folder-source.ts';
import type { MappingPreset } from '../../evaluation/mask-mapping.ts';
import type { EvaluationStore } from './evaluation-store.ts';
import type { ExportFile } from '../runs/public.ts';

export type EvaluationFormat = 'json' | 'csv' | 'markdown';

export type { FolderSource, MappingPreset };

/** One picture as PNG or JPEG files of one size; to be shown through object URLs, which the caller revokes. */
export interface PictureViews {
  readonly name: string;
  readonly width: number;
  readonly height: number;
  /** The picture as it came. */
  readonly picture: Blob;
  /** Prediction and truth in class colours, opaque; void is the colour map's. */
  readonly prediction: Blob;
  readonly truth: Blob;
  /** Prediction in class colours with alpha, to be laid over the picture. */
  readonly overlay: Blob;
  /** Transparent where right, red where wrong, grey where void. */
  readonly error: Blob;
}

export interface EvaluationSession {
  readonly evaluation: EvaluationStore;
  /** A folder or zip in VOC layout. A later call takes the place of an earlier one. Does nothing while running. */
  openFolder(source: FolderSource): void;
  /** Pairs by file name without extension. */
  openTwoFolders(images: FolderSource, masks: FolderSource): void;
  /** JSON of {"mask value": class index or 255}, or a preset; null: values are class indices. */
  chooseMapping(mapping: File | MappingPreset | null): void;
  closeDataSet(): void;
  /** The live view is paused meanwhile. Does nothing without a data set or while running. */
  start(plan: EvaluationPlan): void;
  /** After the picture in flight. */
  pause(): void;
  /** Goes on with what is paused, or with EvaluationState.unfinished once its data set is open. */
  resume(): void;
  /** Stops after the picture in flight; what is scored is kept as a partial result. */
  cancel(): void;
  /** Drops EvaluationState.unfinished; its partial results stay. */
  forgetUnfinished(): void;
  removeResults(ids: readonly string[]): void;
  /** Pictures with pixels of class `truth` predicted as `predicted`, most pixels first. */
  picturesBehind(resultId: string, truth: number, predicted: number): Promise<readonly CellPicture[]>;
  /** Sorted by meanIou: 'worst' ascending, 'best' descending. */
  rankedPictures(resultId: string, end: 'worst' | 'best', count: number): Promise<readonly RankedPicture[]>;
  /** Needs the data set of the result open. @throws ProblemError evaluation-picture-absent, not-a-picture */
  pictureViews(resultId: string, name: string): Promise<PictureViews>;
  /** null unless both results have pictures in common. */
  compare(baselineId: string, otherId: string): Promise<PairedComparison | null>;
  /** Of the labels that were kept; null unless both results have pictures in common. */
  labelChange(baselineId: string, otherId: string): Promise<LabelChange | null>;
  /** @throws ProblemError export-failed */
  exportResults(ids: readonly string[], format: EvaluationFormat): Promise<readonly ExportFile[]>;
  /** What each of the others does to labels and mean IoU of the baseline, as CSV. @throws ProblemError */
  exportLab(baselineId: string, otherIds: readonly string[]): Promise<ExportFile>;
  /** The list of everything skipped, of the data set and of the results given, as CSV. */
  exportSkipped(ids: readonly string[]): ExportFile;
  dismissProblem(): void;
  close(): void;
}
