/** React access to the imports and the list of models. */
import { createContext, useContext } from 'react';
import { useStore } from 'zustand';
import type { ModelListing, SessionStore } from '../../../app/session-store.ts';
import { modelsOf } from '../../../ui-kit/catalogue-models.ts';
import type { ImportState } from '../import-store.ts';
import type { ModelImports } from '../import-control.ts';

interface ModelsSession {
  readonly imports: ModelImports;
  readonly session: SessionStore;
}

export const ModelsContext = createContext<ModelsSession | null>(null);

function useModelsSession(): ModelsSession {
  const session = useContext(ModelsContext);
  if (session === null) throw new Error('This component belongs inside <ModelsContext value={...}>.');
  return session;
}

export function useImports(): ModelImports {
  return useModelsSession().imports;
}

export function useImport<Part>(select: (state: ImportState) => Part): Part {
  return useStore(useImports().store, ({ current }) => select(current));
}

/** The models of the catalogue; none until it has loaded. */
export function useModels(): readonly ModelListing[] {
  return useStore(useModelsSession().session, ({ catalogue }) => modelsOf(catalogue));
}
