type Catalogue<Model> =
  { readonly kind: 'loading' | 'failed' } | { readonly kind: 'ready'; readonly models: readonly Model[] };

// Always the same array: a store selector must return the same value for the same state.
const NO_MODELS: readonly never[] = [];

/** The models that a catalogue lists; none until it has loaded. */
export function modelsOf<Model>(catalogue: Catalogue<Model>): readonly Model[] {
  return catalogue.kind === 'ready' ? catalogue.models : NO_MODELS;
}
