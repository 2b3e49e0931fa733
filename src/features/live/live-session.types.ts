/** The door through which components act: everything the live page can be asked to do. */
import type { BackendChoice } from '../../domain/backend.ts';
import type { Pipeline } from '../../domain/measuring/configuration.ts';
import type { SessionStore } from '../../app/session-store.ts';
import type { TimingStore } from './timing-store.ts';
import type { ViewState, ViewStore } from '../../app/view-store.ts';
import type { AgentsSession } from '../agents/agents-door.ts';
import type { ModelImports } from '../models/import-control.ts';

/** What is under the pointer. */
export interface ClassAtPoint {
  readonly classIndex: number;
  readonly name: string;
  readonly share01: number;
  readonly color: string;
}

export interface ScreenshotFile {
  readonly fileName: string;
  readonly blob: Blob;
  /** What it is, for the person: "report picture", "label map", "overlay". */
  readonly title: string;
}

/** The three pictures of one frame, all of the same instant. */
export interface Screenshot {
  readonly report: ScreenshotFile;
  readonly labelMap: ScreenshotFile;
  readonly overlay: ScreenshotFile;
}

export interface LiveSession {
  readonly session: SessionStore;
  readonly timing: TimingStore;
  readonly view: ViewStore;
  readonly imports: ModelImports;
  /** Where picture and overlay are painted; null detaches. */
  attachCanvas(canvas: HTMLCanvasElement | null): void;
  /** By SourceOption.key. */
  chooseSource(key: string): void;
  chooseCameraSize(width: number, height: number): void;
  /** A dropped, pasted or picked file. */
  openFile(file: File): void;
  chooseModel(modelId: string): void;
  chooseBackend(choice: BackendChoice): void;
  /** The agent that is shown segments the live view's frames; chooseBackend() or chooseModel() brings them back. */
  chooseAgent(): void;
  /** null until chooseAgent() or the Runs view needed them. */
  agents(): AgentsSession | null;
  chooseInputSize(inputSize: number): void;
  choosePipeline(pipeline: Pipeline): void;
  setFrozen(frozen: boolean): void;
  /** Repaints the last frame at once, also while frozen. */
  setView(change: Partial<ViewState>): void;
  /** x01, y01: position on the unmirrored picture, 0..1; null where there is no label map yet. */
  classAt(x01: number, y01: number): ClassAtPoint | null;
  /** @throws ProblemError */
  screenshot(): Promise<Screenshot>;
  dismissNotice(id: number): void;
  close(): void;
}
