/** The door through which the companion page acts: the live session beside agents, and how the two are compared. */
import type { AgentsSession } from '../agents/agents-door.ts';
import type { CompanionLayout, CompanionState, CompanionStore, Pacing, Payload } from './companion-store.ts';
import type { CompanionTimingStore } from './companion-timing-store.ts';
import type { ClassAtPoint } from '../live/class-at.ts';
import type { LiveSession } from '../live/live-door.ts';
import type { ScreenshotFile } from '../live/screenshot.ts';

/** Where each picture is painted; null: nowhere. */
export interface CompanionCanvases {
  readonly browser: HTMLCanvasElement | null;
  readonly agent: HTMLCanvasElement | null;
  readonly agreement: HTMLCanvasElement | null;
}

export interface CompanionSession extends AgentsSession {
  /** The browser's half: source, model, backend, size, view, notices. Its canvas is attached by attachCanvases. */
  readonly live: LiveSession;
  readonly companion: CompanionStore;
  readonly timing: CompanionTimingStore;
  /** May be called again when the layout changes; canvases that stay the same keep their picture. */
  attachCanvases(canvases: CompanionCanvases): void;
  setPacing(pacing: Pacing): void;
  setPayload(payload: Payload): void;
  setLayout(layout: CompanionLayout): void;
  setWipe(wipe01: number): void;
  setThird(third: CompanionState['third']): void;
  /** What the agent sees at a place of the unmirrored picture, 0..1; the browser's side is live.classAt. */
  agentClassAt(x01: number, y01: number): ClassAtPoint | null;
  /** Both pictures, the agreement and the figures of one instant. @throws ProblemError screenshot-failed */
  screenshot(): Promise<ScreenshotFile>;
  close(): void;
}
