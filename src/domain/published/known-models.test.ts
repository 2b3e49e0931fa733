import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { KNOWN_MODELS, knownModel, type KnownModel } from './known-models.ts';

const catalogue = JSON.parse(
  readFileSync(new URL('../../../public/models/catalogue.json', import.meta.url), 'utf8'),
) as { readonly models: readonly KnownModel[] };

describe('KNOWN_MODELS', () => {
  test('say the same as the catalogue, field by field', () => {
    const fields = (model: KnownModel): KnownModel => ({
      id: model.id,
      classList: model.classList,
      backbone: model.backbone,
      depthMultiplier: model.depthMultiplier,
      trainingSplit: model.trainingSplit,
      outputStride: model.outputStride,
      published: model.published,
      multiplyAdds: model.multiplyAdds,
    });
    expect(KNOWN_MODELS).toEqual(catalogue.models.map(fields));
  });

  test('are found by id, and what is not there is not guessed', () => {
    expect(knownModel('xception65_coco_voc_trainaug')?.published?.meanIoU).toBe(0.822);
    expect(knownModel('mobilenetv2_dm05')).toBeNull();
  });
});
