import { describe, expect, test } from 'vitest';
import { leakNotice } from './evaluation-result.ts';

const VOC = ['2007_000033', '2011_003276'];

describe('leakNotice', () => {
  test('says that a trainval checkpoint has seen VOC val', () => {
    expect(leakNotice('mobilenetv2_coco_voc_trainval', VOC, 'val')).toContain('has seen these pictures');
    expect(leakNotice('mobilenetv2_coco_voc_trainval', VOC, null)).toContain('has seen these pictures');
  });

  test('accepts a trainaug checkpoint on val, and only there', () => {
    expect(leakNotice('mobilenetv2_coco_voc_trainaug', VOC, 'val')).toBeNull();
    expect(leakNotice('mobilenetv2_coco_voc_trainaug', VOC, 'train')).toContain('"train"');
    expect(leakNotice('mobilenetv2_coco_voc_trainaug', VOC, null)).toContain('train split');
  });

  test('names the teacher of the embedded model', () =>
    expect(leakNotice('segscope-mnv2-257', VOC, 'val')).toContain('teacher'));

  test('says that the training split of some files is not published', () =>
    expect(leakNotice('deeplabv3_257_mv_gpu', VOC, 'val')).toContain('does not say'));

  test('is null for other pictures, other class lists and models without a description', () => {
    expect(leakNotice('mobilenetv2_coco_voc_trainval', ['kitchen', 'garden'], null)).toBeNull();
    expect(leakNotice('mobilenetv2_coco_cityscapes_trainfine', VOC, 'val')).toBeNull();
    expect(leakNotice('mine', VOC, 'val')).toBeNull();
  });
});
