/** The models that a catalogue lists: none until it was read. */
type Catalogue<Model> =
  { readonly kind: 'loading' | 'failed' } | { readonly kind: 'ready'; readonly models: readonly Model[] };

// One array: selectors of stores must return the same value for the same state.
const NO_MODELS: readonly never[] = [];

export function modelsOf<Model>(catalogue: Catalogue<Model>): readonly Model[] {
  return catalogue.kind === 'ready' ? catalogue.models : NO_MODELS;
}
