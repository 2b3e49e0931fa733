/** The settings at the start of a visit: the address's hash first, then the last visit's choices, then the defaults. */
import { isBackend } from '../domain/backend.ts';
import type { WantedSetup } from '../domain/setup.ts';
import { PIPELINES, type Pipeline } from '../domain/measuring/configuration.ts';
import { DEFAULT_WANTED, type Place } from './session-store.ts';
import { DEFAULT_VIEW, type Theme, type ViewState } from './view-store.ts';

export interface Settings {
  readonly sourceKey: string;
  readonly wanted: WantedSetup;
  /** Where frames were segmented. The list of known agents says which agent it was. */
  readonly place: Place;
  readonly view: ViewState;
}

export const DEFAULT_SOURCE = 'camera:';
const STORAGE_KEY = 'segscope.settings';

/**
 * Reads `#/live?source=sample:astronaut&model=...&backend=wasm&size=257&pipeline=ours` over the stored settings.
 * An address that names a model or a backend selects this browser, wherever the last visit segmented.
 * An unreadable value silently falls back to its default: a stale link must never keep the page from starting.
 */
export function readSettings(hash: string, stored: string | null): Settings {
  const past = parseStored(stored);
  const query = new URLSearchParams(hash.includes('?') ? hash.slice(hash.indexOf('?') + 1) : '');
  const text = (name: string, key: string) => query.get(name) ?? asText(past[key]);
  const backend = text('backend', 'backend');
  const size = Number(text('size', 'inputSize'));
  const pipeline = text('pipeline', 'pipeline');
  return {
    sourceKey: text('source', 'sourceKey') ?? DEFAULT_SOURCE,
    wanted: {
      ...DEFAULT_WANTED,
      modelId: text('model', 'modelId') ?? DEFAULT_WANTED.modelId,
      inputSize: Number.isInteger(size) && size > 0 ? size : DEFAULT_WANTED.inputSize,
      pipeline: isPipeline(pipeline) ? pipeline : DEFAULT_WANTED.pipeline,
      place:
        backend !== null && isBackend(backend) ? { ...DEFAULT_WANTED.place, backend } : DEFAULT_WANTED.place,
    },
    place: past['place'] === 'agent' && !query.has('model') && !query.has('backend') ? 'agent' : 'browser',
    view: readView(past['view']),
  };
}

/** The text to store, in the same flat format as always. Of a file or camera only the choice is stored, never pictures. */
export function writeSettings({ sourceKey, wanted, place, view }: Settings): string {
  const { modelId, inputSize, pipeline } = wanted;
  const { backend } = wanted.place;
  return JSON.stringify({
    ...{ sourceKey, modelId, backend, inputSize, pipeline, place },
    view: { ...view, isolatedClass: null },
  });
}

export function loadSettings(): Settings {
  try {
    return readSettings(location.hash, localStorage.getItem(STORAGE_KEY));
  } catch {
    return readSettings(location.hash, null);
  }
}

export function saveSettings(settings: Settings): void {
  try {
    localStorage.setItem(STORAGE_KEY, writeSettings(settings));
  } catch {
    // If the storage is full or forbidden, the next visit only starts with the defaults.
  }
}

function parseStored(stored: string | null): Record<string, unknown> {
  try {
    const json: unknown = JSON.parse(stored ?? '{}');
    return typeof json === 'object' && json !== null ? (json as Record<string, unknown>) : {};
  } catch {
    return {};
  }
}

function asText(value: unknown): string | null {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : null;
}

function isPipeline(value: string | null): value is Pipeline {
  return (PIPELINES as readonly (string | null)[]).includes(value);
}

function readView(value: unknown): ViewState {
  if (typeof value !== 'object' || value === null) return DEFAULT_VIEW;
  const { opacity01, outlines, background, mirror, theme } = value as Record<string, unknown>;
  const opacityIsValid = typeof opacity01 === 'number' && opacity01 >= 0 && opacity01 <= 1;
  return {
    ...DEFAULT_VIEW,
    opacity01: opacityIsValid ? opacity01 : DEFAULT_VIEW.opacity01,
    outlines: typeof outlines === 'boolean' ? outlines : DEFAULT_VIEW.outlines,
    background: typeof background === 'boolean' ? background : DEFAULT_VIEW.background,
    mirror: typeof mirror === 'boolean' ? mirror : DEFAULT_VIEW.mirror,
    theme: isTheme(theme) ? theme : DEFAULT_VIEW.theme,
  };
}

function isTheme(value: unknown): value is Theme {
  return value === 'system' || value === 'light' || value === 'dark';
}
