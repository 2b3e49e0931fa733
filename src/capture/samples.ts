/** The sample photos that ship with the page, for use without a camera. */
import { ProblemError } from '../domain/problems/problem.ts';

export interface Sample {
  readonly id: string;
  readonly title: string;
  /** Relative to the document's base. */
  readonly url: string;
  /** Pixels. */
  readonly width: number;
  /** Pixels. */
  readonly height: number;
  /** As public/samples/SOURCES.md says. */
  readonly licence: string;
}

export const SAMPLES: readonly Sample[] = [
  {
    id: 'astronaut',
    title: 'Astronaut',
    url: 'samples/astronaut.jpg',
    width: 512,
    height: 512,
    licence: 'Public domain (NASA Great Images), no known copyright restrictions',
  },
  {
    id: 'chelsea',
    title: 'Chelsea the cat',
    url: 'samples/chelsea.jpg',
    width: 451,
    height: 300,
    licence: 'CC0 by the photographer, Stefan van der Walt',
  },
  {
    id: 'coffee',
    title: 'Coffee cup',
    url: 'samples/coffee.jpg',
    width: 600,
    height: 400,
    licence: 'CC0 by the photographer, Rachel Michetti',
  },
];

/** @throws ProblemError source-unreachable, or the signal's reason */
export async function fetchSample(id: string, signal: AbortSignal): Promise<Blob> {
  const sample = SAMPLES.find((each) => each.id === id);
  const what = sample?.title ?? id;
  if (sample === undefined) throw unreachable(what, 'there is no such sample');
  try {
    const response = await fetch(new URL(sample.url, document.baseURI), { signal });
    if (!response.ok) throw unreachable(what, `HTTP ${response.status}`);
    return await response.blob();
  } catch (error) {
    signal.throwIfAborted();
    if (error instanceof ProblemError) throw error;
    throw unreachable(what, 'no answer from the server', error);
  }
}

function unreachable(what: string, detail: string, cause?: unknown): ProblemError {
  return new ProblemError({ kind: 'source-unreachable', what, detail }, { cause });
}
