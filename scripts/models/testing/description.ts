/** The description of an installed model, for tests that need a valid one. */
import type { CatalogueEntry } from '../../../src/catalogue/catalogue.ts';
import type { ModelDescription } from '../../../src/catalogue/model-description.ts';

export function makeEntry(changed: Partial<CatalogueEntry> = {}): CatalogueEntry {
  return {
    id: 'mine',
    name: 'Mine',
    folder: changed.id ?? 'mine',
    runtime: 'tfjs',
    classList: 'voc',
    classes: 21,
    architecture: null,
    backbone: null,
    depthMultiplier: null,
    outputStride: 8,
    inputSizes: [513],
    padding: { kind: 'outside' },
    trainingSplit: 'unknown',
    precision: 'float32',
    licence: 'unknown',
    source: 'a test',
    published: null,
    multiplyAdds: null,
    graph: 'model.json',
    stockGraph: null,
    edgeTpuTwin: null,
    files: [],
    download: null,
    howToGet: 'Import it again.',
    ...changed,
  };
}

export function makeDescription(id: string): ModelDescription {
  return {
    version: 1,
    entry: makeEntry({ id }),
    report: {
      found: [{ label: 'Architecture', value: 'DeepLab v3' }],
      folded: [{ pass: 'batch norm', count: 52 }],
      nodesBefore: 900,
      nodesAfter: 120,
      weightBytes: 2_100_000,
      multiplyAdds: 2.8e9,
      sourceFiles: [{ path: 'net.pb', bytes: 3_000_000, sha256: 'ab'.repeat(32) }],
    },
    selfCheck: null,
    installedAt: '2026-11-22T18:00:00.000Z',
    weights: 'float32',
    downloadedFrom: null,
  };
}
