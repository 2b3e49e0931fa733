/** Declares `globalThis.segscope` for everything under e2e/. */
export type { Automation } from '../src/automation.ts';
