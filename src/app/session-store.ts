/** State that changes once per human action: source, models, wanted setup, running engine, notices. */
import { createStore } from 'zustand/vanilla';
import type { ListedModel } from '../catalogue/model-listing.ts';
import type { Backend } from '../domain/backend.ts';
import type { ColdTimings, SegmenterDescription } from '../domain/measuring/configuration.ts';
import type { Problem } from '../domain/problems/problem.ts';
import { LIVE_INPUT, type WantedSetup } from '../domain/setup.ts';

export type SourceKind = 'camera' | 'sample' | 'moving-sample' | 'file';

export interface SourceOption {
  /** Stable key, for instance "camera:abc", "sample:astronaut", "moving:chelsea", "file". */
  readonly key: string;
  readonly kind: SourceKind;
  readonly label: string;
}

export type SourceStatus =
  | { readonly kind: 'none' }
  | { readonly kind: 'opening'; readonly key: string }
  | {
      readonly kind: 'open';
      readonly key: string;
      readonly label: string;
      readonly width: number;
      readonly height: number;
      readonly moving: boolean;
      readonly isCamera: boolean;
    }
  | { readonly kind: 'failed'; readonly key: string; readonly problem: Problem };

export interface KeptListing {
  /** Sum of all its files. */
  readonly bytes: number;
  /** True if the browser offers no storage: the model is gone when the page closes. */
  readonly pageOnly: boolean;
}

/** A listed model, with what this browser knows about its files. */
export interface ModelListing extends ListedModel {
  /** Stored in this browser, so it can be deleted; null for the server's models. */
  readonly kept: KeptListing | null;
  /** Where the page can try to download it; null if no publisher is known or it is already stored. */
  readonly download: { readonly host: string; readonly bytes: number | null } | null;
}

export type CatalogueStatus =
  | { readonly kind: 'loading' }
  | { readonly kind: 'ready'; readonly models: readonly ModelListing[] }
  | { readonly kind: 'failed'; readonly problem: Problem };

export type EngineStatus =
  | { readonly kind: 'none' }
  | {
      readonly kind: 'running';
      readonly description: SegmenterDescription;
      readonly cold: ColdTimings;
      /** One sentence that says why this backend runs. */
      readonly why: string;
    };

/** The load under way; the engine above keeps drawing meanwhile. */
export type LoadingStatus =
  | { readonly kind: 'idle' }
  | {
      readonly kind: 'loading';
      readonly label: string;
      readonly phase: 'start' | 'download' | 'parse' | 'first-inference' | 'measuring';
      /** 0..1, or null if it is unknown. */
      readonly progress01: number | null;
    };

/** One row of the automatic choice: the result of each backend on this machine. */
export interface BackendTrial {
  readonly backend: Backend;
  /** If it differs from the backend's default; otherwise null. */
  readonly threads: number | null;
  readonly outcome:
    | {
        readonly kind: 'measured';
        readonly medianMs: number;
        readonly device: string;
        readonly remembered: boolean;
      }
    | { readonly kind: 'skipped'; readonly reason: string }
    | { readonly kind: 'failed'; readonly reason: string };
}

export type Pause = 'none' | 'frozen' | 'hidden';

export interface Notice {
  readonly id: number;
  readonly tone: 'info' | 'problem';
  readonly sentence: string;
  readonly nextStep: string;
}

/** Who segments the frames: a network in this browser, or one on an agent. */
export type Place = 'browser' | 'agent';

export interface SessionState {
  readonly sourceOptions: readonly SourceOption[];
  readonly source: SourceStatus;
  readonly cameraSize: { readonly width: number; readonly height: number };
  readonly catalogue: CatalogueStatus;
  /** Where frames are segmented. While it is an agent, `engine` is 'none' and `wanted` waits. */
  readonly place: Place;
  readonly wanted: WantedSetup;
  readonly engine: EngineStatus;
  readonly loading: LoadingStatus;
  readonly trials: readonly BackendTrial[];
  readonly pause: Pause;
  readonly notices: readonly Notice[];
  /** COOP/COEP are in force, which allows threads and fine clocks. */
  readonly isolated: boolean;
}

export const DEFAULT_WANTED: WantedSetup = {
  modelId: 'segscope-mnv2-257',
  inputSize: 257,
  pipeline: 'ours',
  ...LIVE_INPUT,
  place: { kind: 'browser', backend: 'auto', threads: null },
};

export function createSessionStore(isolated: boolean) {
  return createStore<SessionState>()(() => ({
    sourceOptions: [],
    source: { kind: 'none' },
    cameraSize: { width: 640, height: 480 },
    catalogue: { kind: 'loading' },
    place: 'browser',
    wanted: DEFAULT_WANTED,
    engine: { kind: 'none' },
    loading: { kind: 'idle' },
    trials: [],
    pause: 'none',
    notices: [],
    isolated,
  }));
}

export type SessionStore = ReturnType<typeof createSessionStore>;
