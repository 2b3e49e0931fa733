import { expect, test } from 'vitest';
import { knownModel } from './known-models.ts';

test('knownModel finds a model by its exact id', () => {
  expect(knownModel('xception65_coco_voc_trainaug')?.published?.meanIoU).toBe(0.822);
  expect(knownModel('mobilenetv2_dm05')).toBeNull();
});
