/** What other features may use of models: the only module of this folder that they import. */
export type { ModelImports } from './import-control.ts';
export { openPageModels, type PageModels } from './page-models.ts';
