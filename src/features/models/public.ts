/** What other features may use of models: the only module of this folder that they import. */
export type { ModelImports } from './model-import.types.ts';
export { openPageModels } from './page-models.ts';
