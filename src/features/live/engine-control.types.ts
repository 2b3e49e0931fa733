/** What the engine control needs, and what it can do. */
import type { FrameSource } from '../../capture/frame-source.ts';
import type { Backend } from '../../domain/backend.ts';
import type { Pipeline } from '../../domain/measuring/configuration.ts';
import type { Problem } from '../../domain/problems/problem.ts';
import type { FramePump } from '../../pipeline/frame-pump.ts';
import type { Segmenter, SegmenterMemory } from '../../segmentation/segmenter.ts';
import type { OpenHere } from '../../segmentation/open-segmenter.ts';
import type { WantedSetup } from '../../domain/setup.ts';
import type { SessionStore } from '../../app/session-store.ts';
import type { ModelToLoad } from '../../catalogue/model-to-load.ts';
import type { BackendMemory } from './backend-memory.ts';
import type { ProbedBackend } from './backend-probe.ts';
import type { NoticeBoard } from '../../app/notice-board.ts';

export interface EngineParts {
  readonly store: SessionStore;
  readonly pump: FramePump;
  readonly notices: NoticeBoard;
  readonly memory: BackendMemory;
  readonly openSegmenter: OpenHere;
  readonly probe: () => Promise<readonly ProbedBackend[]>;
  /** @throws ProblemError model-unknown, model-absent */
  readonly modelToLoad: (modelId: string, pipeline: Pipeline) => ModelToLoad;
  readonly source: () => FrameSource | null;
  readonly now: () => number;
  readonly userAgent: string;
}

/** What a closed segmenter did not release; anything but 0 is a leak. */
export interface Closing {
  readonly modelId: string;
  readonly backend: Backend;
  readonly left: SegmenterMemory;
}

export interface EngineControl {
  /** Starts to switch to `wanted` and cancels any switch under way. Resolves when settled, never rejects. */
  apply(wanted: WantedSetup): Promise<void>;
  current(): Segmenter | null;
  /** The running segmenter failed or died: reports it, and continues on WASM unless WASM was the one that failed. */
  lost(problem: Problem, segmenter: Segmenter): void;
  readonly closings: readonly Closing[];
  /**
   * Cancels any switch under way and closes the segmenter, so that nothing competes with a measurement. Later choices
   * wait. Resolves when nothing runs any more.
   */
  suspend(): Promise<void>;
  /** Switches to the latest wanted setup. Resolves when settled. */
  resume(): Promise<void>;
  close(): Promise<void>;
}
