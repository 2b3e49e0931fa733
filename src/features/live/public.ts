/** What other features may use of live: the only module of this folder that they import. */
export { createLivePicture } from './live-picture.ts';
export { startLiveSession, type LiveParts } from './live-session.ts';
export type { ClassAtPoint, LiveSession, ScreenshotFile } from './live-session.types.ts';
export type { TimingStore } from './timing-store.ts';
