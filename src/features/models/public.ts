/** The only module of this folder that other features may import. */
export type { ModelImports } from './import-control.ts';
export { openPageModels, type PageModels } from './page-models.ts';
