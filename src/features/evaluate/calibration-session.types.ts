/** The door through which a calibration set is recorded from the live source. */
import type { CalibrationPlan, CalibrationStore } from './calibration-store.ts';
import type { ExportFile } from '../runs/public.ts';

export interface CalibrationSession {
  readonly calibration: CalibrationStore;
  /** From the source that the live view shows, which is paused meanwhile. Drops the set that is there. Does nothing while recording. */
  start(plan: CalibrationPlan): void;
  /** What is recorded stays. */
  stop(): void;
  /** Takes one picture out of the set; another takes its place while recording. */
  remove(id: number): void;
  clear(): void;
  /** A zip with the pictures, a script that quantises with them and a README with the commands. @throws ProblemError export-failed */
  save(): Promise<ExportFile>;
  close(): void;
}
