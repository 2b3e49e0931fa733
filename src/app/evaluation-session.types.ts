/** The door through which the Evaluate view acts. */
import type { CellPicture, EvaluationPlan, PairedComparison, RankedPicture } from '../domain/evaluation.ts';
import type { EvaluationStore } from '../state/evaluation-store.ts';
import type { ExportFile } from './run-session.types.ts';

export const EVALUATION_FORMATS = ['json', 'csv', 'markdown'] as const;
export type EvaluationFormat = (typeof EVALUATION_FORMATS)[number];

/** Mappings that need no file: Cityscapes label ids to train ids; ADE20K's 0 ("other") to void. */
export const MAPPING_PRESETS = ['cityscapes-label-ids', 'ade20k'] as const;
export type MappingPreset = (typeof MAPPING_PRESETS)[number];

/**
 * A dropped or picked folder: an entry of DataTransferItem.webkitGetAsEntry(), a handle of showDirectoryPicker(), the
 * files of <input webkitdirectory> (with webkitRelativePath), or one zip.
 */
export type FolderSource =
  | { readonly kind: 'entry'; readonly entry: FileSystemEntry }
  | { readonly kind: 'handle'; readonly handle: FileSystemDirectoryHandle }
  | { readonly kind: 'files'; readonly files: readonly File[] }
  | { readonly kind: 'zip'; readonly file: File };

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
  /** @throws ProblemError export-failed */
  exportResults(ids: readonly string[], format: EvaluationFormat): Promise<readonly ExportFile[]>;
  /** The list of everything skipped, of the data set and of the results given, as CSV. */
  exportSkipped(ids: readonly string[]): ExportFile;
  dismissProblem(): void;
  close(): void;
}
