/** Where frames come from: camera, video file, picture or moving sample, all behind one port. */
import type { Frame } from '../domain/frame.ts';
import type { Problem } from '../domain/problems/problem.ts';

/** What the user (or a link) chooses. */
export type SourceChoice =
  /** deviceId '' = the browser's default. width/height are ideals. */
  | {
      readonly kind: 'camera';
      readonly deviceId: string;
      readonly width: number;
      readonly height: number;
      readonly facing: FacingMode | null;
    }
  | { readonly kind: 'sample'; readonly id: string }
  | { readonly kind: 'moving-sample'; readonly id: string }
  /** A picture or video file that was opened, dropped or pasted. */
  | { readonly kind: 'file'; readonly file: File };

export type FacingMode = 'user' | 'environment';

export interface CameraDevice {
  readonly deviceId: string;
  /** The browser's label, or "Camera 2" before permission was given. */
  readonly label: string;
}

/** Counted since the source was opened. */
export interface SourceCounters {
  /** Distinct pictures shown, captured or not. */
  readonly unique: number;
  /** Pictures that were replaced before they were captured. */
  readonly skipped: number;
}

export interface FrameSource {
  /** As written into reports, for instance "camera: HD Webcam" or "sample:astronaut". */
  readonly label: string;
  readonly width: number;
  readonly height: number;
  /** True if the picture changes by itself (camera, video, moving sample). */
  readonly moving: boolean;
  /** True if users expect to see themselves as in a mirror (front camera). */
  readonly mirrorByDefault: boolean;
  /**
   * Waits for a picture not captured before (a still picture is always new) and takes it. The caller owns the pixels.
   * @throws ProblemError, or the signal's reason
   */
  capture(signal: AbortSignal): Promise<Frame<ImageBitmap>>;
  counters(): SourceCounters;
  /** Called once when the source ends on its own (unplugged, track ended). */
  onEnd(listener: (problem: Problem) => void): void;
  close(): void;
}
