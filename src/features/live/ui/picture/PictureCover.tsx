/** Covers the picture before the first frame: progress, or one sentence and the next step. */
import { useShallow } from 'zustand/react/shallow';
import type { LoadingStatus } from '../../../../app/session-store.ts';
import { LoadingProgress } from '../bar/StatusLine.tsx';
import { useSessionState } from '../session-context.ts';
import type { PictureFacts, PictureState } from './picture-state.ts';
import styles from '../live.module.css';

const PHASES = [
  ['start', 'start'],
  ['download', 'download'],
  ['parse', 'decode'],
  ['first-inference', 'first inference'],
] as const;

export function PictureCover({ state }: { readonly state: PictureState }) {
  switch (state.kind) {
    case 'live':
      return null;
    case 'preparing':
      return (
        <div className="cover cover-busy">
          <p className="cover-title">Preparing the first picture</p>
          <Phases phase={state.loading.phase} />
          <LoadingProgress loading={state.loading} />
        </div>
      );
    case 'waiting':
      return (
        <div className="cover cover-busy">
          <p className="cover-title" role="status">
            {state.words}
          </p>
        </div>
      );
    case 'failed':
      return (
        <div className="cover" role="alert">
          <p className="cover-title">{state.text.sentence}</p>
          <p>{state.text.nextStep}</p>
        </div>
      );
    case 'no-source':
      return (
        <div className="cover">
          <p className="cover-title">No picture yet</p>
          <p>Choose a camera or a sample under Source, or open, drop or paste a picture or a video.</p>
        </div>
      );
    case 'no-model':
      return (
        <div className="cover">
          <p className="cover-title">No model is running</p>
          <p>Choose one under Model.</p>
        </div>
      );
  }
}

function Phases({ phase }: { readonly phase: Extract<LoadingStatus, { kind: 'loading' }>['phase'] }) {
  const at = PHASES.findIndex(([key]) => key === phase);
  return (
    <ol className={styles.phases}>
      {PHASES.map(([key, words], index) => (
        <li
          key={key}
          className={index < at ? styles.phaseDone : undefined}
          {...(index === at && { 'aria-current': 'step' as const })}
        >
          {words}
        </li>
      ))}
    </ol>
  );
}

/** The state that decides between cover, badge and picture. */
export function usePictureFacts(): PictureFacts {
  return useSessionState(
    useShallow(({ source, place, catalogue, engine, loading, pause }) => ({
      source,
      place,
      catalogue,
      engine,
      loading,
      pause,
    })),
  );
}
