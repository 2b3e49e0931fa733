/** Writes src/domain/published/known-models.json: what the catalogue publishes about its models. */
import { readFileSync, writeFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { parseCatalogue } from '../src/catalogue/catalogue.ts';

const CATALOGUE = new URL('../public/models/catalogue.json', import.meta.url);
export const KNOWN_MODELS_FILE = new URL('../src/domain/published/known-models.json', import.meta.url);

export function knownModelsJson(): string {
  const { models } = parseCatalogue(JSON.parse(readFileSync(CATALOGUE, 'utf8')));
  const known = models.map(
    ({ id, classList, backbone, depthMultiplier, trainingSplit, outputStride, published, multiplyAdds }) => ({
      id,
      classList,
      backbone,
      depthMultiplier,
      trainingSplit,
      outputStride,
      published,
      multiplyAdds,
    }),
  );
  return `${JSON.stringify(known, null, 2)}\n`;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  writeFileSync(KNOWN_MODELS_FILE, knownModelsJson());
}
