/** The list of models as a table and as plain data. */
import { toListing } from '../../src/catalogue/model-listing.ts';
import type { ResolvedModel } from '../../src/catalogue/resolve-models.ts';

export interface ListedModel {
  readonly id: string;
  readonly name: string;
  /** 'shipped': part of the repository; 'here': its files are in a models folder; 'absent': get fetches it. */
  readonly state: 'shipped' | 'here' | 'absent';
  readonly runtime: string;
  readonly classes: string;
  readonly summary: string;
  readonly licence: string;
  readonly source: string;
  readonly published: string | null;
  readonly multiplyAdds: string | null;
  /** The publisher's address; null if there is none. */
  readonly url: string | null;
  readonly sha256: string | null;
  readonly bytes: number | null;
}

/** @param shipped folders that belong to the repository */
export function listedModels(
  models: readonly ResolvedModel[],
  shipped: ReadonlySet<string>,
): readonly ListedModel[] {
  return models.map((model) => {
    const { entry, present, bytes } = model;
    const { summary, published } = toListing(model);
    return {
      id: entry.id,
      name: entry.name,
      state: present ? (shipped.has(entry.folder) ? 'shipped' : 'here') : 'absent',
      runtime: entry.runtime,
      classes: entry.classList ?? String(entry.classes),
      summary,
      licence: entry.licence,
      source: entry.source,
      published,
      multiplyAdds:
        entry.multiplyAdds === null
          ? null
          : `${(entry.multiplyAdds.count / 1e9).toFixed(2)} billion (${entry.multiplyAdds.conditions})`,
      url: entry.download?.url ?? null,
      sha256: entry.download?.sha256 ?? null,
      bytes: bytes ?? entry.download?.bytes ?? null,
    };
  });
}

/** Licence, source and address are only in the data: they would clutter the table. */
export function listLines(models: readonly ListedModel[]): readonly string[] {
  const width = Math.max(...models.map(({ id }) => id.length));
  const indent = ' '.repeat(width + 11);
  return models.flatMap(({ id, state, summary, published, multiplyAdds }) => [
    `${id.padEnd(width)}  ${state.padEnd(7)}  ${summary}`,
    `${indent}${published?.split('; ')[0] ?? 'no accuracy is published for these files'}`,
    ...(multiplyAdds === null ? [] : [`${indent}Multiply-Adds ${multiplyAdds}`]),
  ]);
}
