/** The door through which two configurations are compared on the live source. */
import type { AgreementPlan, AgreementStore } from './agreement-store.ts';
import type { ExportFile } from '../runs/public.ts';

export type AgreementFormat = 'csv' | 'json';

export interface AgreementSession {
  readonly agreement: AgreementStore;
  /** Opens both on the source that the live view shows, which is paused meanwhile. Does nothing while running. */
  start(plan: AgreementPlan): void;
  /** After the frame in flight; what was read stays. */
  stop(): void;
  /** Where the picture is painted with the pixels marked on which the two differ; null detaches. */
  attachCanvas(canvas: HTMLCanvasElement | null): void;
  /** What was read so far; null before the first frame. */
  exportReading(format: AgreementFormat): ExportFile | null;
  close(): void;
}
