/** Puts together what the page knows of models: the server's, the browser's own, and the imports that add to them. */
import { createImportStore } from './import-store.ts';
import { DEFAULT_WANTED, type SessionStore } from '../../app/session-store.ts';
import { createImportControl, openImportWorker } from './import-control.ts';
import { createKeptModels } from '../../app/kept-models.ts';
import { createModelShelf, type ModelShelf } from '../../app/model-shelf.ts';
import type { ModelImports } from './model-import.types.ts';
import type { NoticeBoard } from '../../app/notice-board.ts';

export interface PageModels {
  readonly shelf: ModelShelf;
  readonly imports: ModelImports;
  /** Says which kept models are there no more; after the first fetch, which must not wait for it. */
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
  const shelf = createModelShelf(baseUrl, kept);
  const imports = createImportControl({
    ...parts,
    store: createImportStore(),
    shelf,
    kept,
    openLink: openImportWorker,
    golden: { url: `${baseUrl}samples/chelsea.jpg`, name: 'Chelsea the cat' },
    fallbackModelId: DEFAULT_WANTED.modelId,
    persist: () => navigator.storage.persist(),
  });
  return {
    shelf,
    imports,
    async tellMissing() {
      const names = await kept.missing();
      if (names.length > 0) parts.notices.problem({ kind: 'models-evicted', names });
    },
    close: imports.close,
  };
}
