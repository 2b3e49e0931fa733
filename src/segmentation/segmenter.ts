/** The port that turns a Frame into a LabelMap, wherever the network runs. */
import type { ColdTimings, SegmenterDescription } from '../domain/measuring/configuration.ts';
import type { Frame } from '../domain/frame.ts';
import type { LabelMap } from '../domain/labels/label-map.ts';
import type { Problem } from '../domain/problems/problem.ts';
import type { HostWatch } from './host-log.ts';

export interface SegmenterMemory {
  readonly tensors: number;
  readonly bytes: number;
}

export interface Segmentation {
  readonly labelMap: LabelMap;
  /** The segmented frame; the caller owns its pixels again and must close them. */
  readonly frame: Frame<ImageBitmap>;
  /** ms; capture and paint are measured by the pump. */
  readonly stages: {
    readonly encode: number;
    readonly transport: number;
    readonly preprocess: number;
    readonly inference: number;
    readonly postprocess: number;
  };
  readonly memory: SegmenterMemory;
}

/** The part of a segmenter that a pump needs. */
export interface FrameSegmenter<Result extends Segmentation = Segmentation> {
  /**
   * Takes over the frame's pixels and returns them with the result; closes them itself when it fails.
   * One call at a time.
   * @throws ProblemError
   */
  segment(frame: Frame<ImageBitmap>, signal: AbortSignal): Promise<Result>;
}

/** @typeParam Description how it describes itself; an agent's description has more fields. */
export interface Segmenter<Description = SegmenterDescription> extends FrameSegmenter {
  readonly description: Description;
  readonly cold: ColdTimings;
  /** Right after loading: the level to which memory must return after every frame. */
  readonly loadedMemory: SegmenterMemory;
  /** Bare execute() + read-back on the last frame's input, ms each; null if it cannot be measured. */
  measureBare(repeats: number): Promise<readonly number[] | null>;
  /** Collects the readings of its machine from now on; absent if the machine reports none, as in this browser. */
  readonly watchHost?: () => HostWatch;
  /** Called once when the segmenter dies on its own (context lost, crash). */
  onDeath(listener: (problem: Problem) => void): void;
  /** Frees everything and resolves with the memory still held (0 and 0 if nothing leaked). May be called twice. */
  close(): Promise<SegmenterMemory>;
}

const { signal: unheard } = new AbortController();

/** A single picture that belongs to no stream. Takes over the pixels and closes them. */
export async function segmentPicture(
  segmenter: Pick<Segmenter, 'segment'>,
  pixels: ImageBitmap,
): Promise<Omit<Segmentation, 'frame'>> {
  const { width, height } = pixels;
  const { frame, ...segmentation } = await segmenter.segment(
    { id: 1, width, height, pixels, waitMs: 0 },
    unheard,
  );
  frame.pixels.close();
  return segmentation;
}
