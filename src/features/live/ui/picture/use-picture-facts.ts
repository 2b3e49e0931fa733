/** What decides how the picture of this browser is shown. */
import { useShallow } from 'zustand/react/shallow';
import { useSessionState } from '../session-context.ts';
import type { PictureFacts } from './picture-state.ts';

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
