/** What other features may use of runs: the only module of this folder that they import. */
export { newRunId } from './run-page.ts';
export type { ExportFile } from './run-session.ts';
