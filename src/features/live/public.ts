/** The only module of this folder that other features may import. */
export { createLivePicture } from './live-picture.ts';
export { startLiveSession, type LiveParts } from './live-session.ts';
export type { ClassAtPoint } from './class-at.ts';
export type { LiveSession } from './live-controls.ts';
export type { ScreenshotFile } from './screenshot.ts';
export type { TimingStore } from './timing-store.ts';
