/** What the picture pane shows, by the state of the session. */
import { describeProblem, type ProblemText } from '../../../../domain/problems/problem.ts';
import type { LoadingStatus, SessionState } from '../../../../app/session-store.ts';

export type PictureState =
  /** A frame was painted: the last one stays, whatever happens. */
  | { readonly kind: 'live' }
  | { readonly kind: 'preparing'; readonly loading: Extract<LoadingStatus, { kind: 'loading' }> }
  | { readonly kind: 'waiting'; readonly words: string }
  | { readonly kind: 'failed'; readonly text: ProblemText }
  | { readonly kind: 'no-source' }
  | { readonly kind: 'no-model' };

type Facts = Pick<SessionState, 'source' | 'catalogue' | 'engine' | 'loading' | 'place'>;
export type PictureFacts = Facts & Pick<SessionState, 'pause'>;

export function pictureState(
  painted: boolean,
  { source, place, catalogue, engine, loading }: Facts,
): PictureState {
  if (painted) return { kind: 'live' };
  if (source.kind === 'failed') return { kind: 'failed', text: describeProblem(source.problem) };
  if (place === 'agent' && source.kind !== 'none')
    return { kind: 'waiting', words: 'Waiting for the agent…' };
  if (catalogue.kind === 'failed') return { kind: 'failed', text: describeProblem(catalogue.problem) };
  if (loading.kind === 'loading') return { kind: 'preparing', loading };
  if (catalogue.kind === 'loading') return { kind: 'waiting', words: 'Loading the model list…' };
  if (engine.kind === 'none') return { kind: 'no-model' };
  if (source.kind === 'none') return { kind: 'no-source' };
  if (source.kind === 'opening') return { kind: 'waiting', words: 'Opening the source…' };
  return { kind: 'waiting', words: 'Waiting for the first frame…' };
}

/** Why the picture stands still; null if it does not. */
export function pictureBadge({ source, pause }: Pick<SessionState, 'source' | 'pause'>): string | null {
  if (pause === 'frozen') return 'Frozen';
  if (pause === 'hidden') return 'Paused: this tab was hidden';
  if (source.kind === 'opening') return 'Opening the source…';
  if (source.kind === 'failed') return 'The source failed; this is the last picture';
  return null;
}
