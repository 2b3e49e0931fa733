/** Combines the models that the page knows: the server's, the browser's own, and the imports that add to them. */
import { createImportStore } from './import-store.ts';
import { DEFAULT_WANTED, type SessionStore } from '../../app/session-store.ts';
import { createImportControl, openImportWorker, type ModelImports } from './import-control.ts';
import { createKeptModels } from '../../app/kept-models.ts';
import { openModelLibrary, type ModelLibrary } from '../../app/model-library.ts';
import type { NoticeBoard } from '../../app/notice-board.ts';

export interface PageModels {
  readonly library: ModelLibrary;
  readonly imports: ModelImports;
  /** Reports which kept models have disappeared. Call it after the catalogue is read, which must not wait for it. */
  tellMissing(): Promise<void>;
  close(): void;
}

export function openPageModels(parts: {
  readonly session: SessionStore;
  readonly notices: NoticeBoard;
  readonly startModel: (modelId: string) => void;
}): PageModels {
  const baseUrl = new URL('.', document.baseURI).href;
  const kept = createKeptModels(() => navigator.storage.getDirectory(), localStorage);
  const library = openModelLibrary(baseUrl, kept, (catalogue) => parts.session.setState({ catalogue }));
  const imports = createImportControl({
    ...parts,
    store: createImportStore(),
    library,
    kept,
    openLink: openImportWorker,
    golden: { url: `${baseUrl}samples/chelsea.jpg`, name: 'Chelsea the cat' },
    fallbackModelId: DEFAULT_WANTED.modelId,
    persist: () => navigator.storage.persist(),
  });
  return {
    library,
    imports,
    async tellMissing() {
      try {
        const names = await kept.missing();
        if (names.length > 0) parts.notices.problem({ kind: 'models-evicted', names });
      } catch (error) {
        const detail = error instanceof Error ? error.message : String(error);
        parts.notices.problem({ kind: 'models-unavailable', detail });
      }
    },
    close: imports.close,
  };
}
