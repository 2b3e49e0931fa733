/** The interface of the Evaluate view's session. */
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

/** One picture as PNG or JPEG files of one size; the caller shows them through object URLs and revokes these. */
export interface PictureViews {
  readonly name: string;
  readonly width: number;
  readonly height: number;
  /** The original picture. */
  readonly picture: Blob;
  /** Prediction and ground truth in class colours, opaque; the colour map defines the void colour. */
  readonly prediction: Blob;
  readonly truth: Blob;
  /** Prediction in class colours with alpha, as an overlay for the picture. */
  readonly overlay: Blob;
  /** Transparent if right, red if wrong, grey if void. */
  readonly error: Blob;
}

export interface EvaluationSession {
  readonly evaluation: EvaluationStore;
  /** A folder or zip in VOC layout. A later call replaces an earlier one. Does nothing while running. */
  openFolder(source: FolderSource): void;
  /** Pairs by file name without extension. */
  openTwoFolders(images: FolderSource, masks: FolderSource): void;
  /** JSON of {"mask value": class index or 255}, or a preset; null: values are class indices. */
  chooseMapping(mapping: File | MappingPreset | null): void;
  closeDataSet(): void;
  /** Pauses the live view. Does nothing without a data set or while running. */
  start(plan: EvaluationPlan): void;
  /** Pauses after the picture in flight. */
  pause(): void;
  /** Resumes a paused evaluation, or EvaluationState.unfinished once its data set is open. */
  resume(): void;
  /** Stops after the picture in flight; the scored pictures stay as a partial result. */
  cancel(): void;
  /** Drops EvaluationState.unfinished; its partial results stay. */
  forgetUnfinished(): void;
  removeResults(ids: readonly string[]): void;
  /** Pictures with pixels of class `truth` predicted as `predicted`, most pixels first. */
  picturesBehind(resultId: string, truth: number, predicted: number): Promise<readonly CellPicture[]>;
  /** Sorted by meanIou: 'worst' ascending, 'best' descending. */
  rankedPictures(resultId: string, end: 'worst' | 'best', count: number): Promise<readonly RankedPicture[]>;
  /** Needs the result's data set to be open. @throws ProblemError evaluation-picture-absent, not-a-picture */
  pictureViews(resultId: string, name: string): Promise<PictureViews>;
  /** null unless both results have pictures in common. */
  compare(baselineId: string, otherId: string): Promise<PairedComparison | null>;
  /** Compares the saved labels; null unless both results have pictures in common. */
  labelChange(baselineId: string, otherId: string): Promise<LabelChange | null>;
  /** @throws ProblemError export-failed */
  exportResults(ids: readonly string[], format: EvaluationFormat): Promise<readonly ExportFile[]>;
  /** How each other result differs from the baseline in labels and mean IoU, as CSV. @throws ProblemError */
  exportLab(baselineId: string, otherIds: readonly string[]): Promise<ExportFile>;
  /** All skipped files of the data set and of the given results, as CSV. */
  exportSkipped(ids: readonly string[]): ExportFile;
  dismissProblem(): void;
  close(): void;
}
