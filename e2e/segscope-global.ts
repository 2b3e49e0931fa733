/** Makes `globalThis.segscope` known to everything under e2e/. */
export type { Automation } from '../src/automation.ts';
