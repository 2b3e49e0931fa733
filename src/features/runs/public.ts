/** The interface of runs for other features: they import no other module of this folder. */
export { newRunId } from './run-page.ts';
export type { ExportFile } from './run-session.ts';
