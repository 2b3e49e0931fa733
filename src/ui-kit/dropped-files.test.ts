import { describe, expect, test } from 'vitest';
import { isModel } from './dropped-files.ts';

const paths = (...names: string[]) => names.map((path) => ({ path }));

describe('what is dropped', () => {
  test.each([
    ['a frozen graph', paths('frozen_inference_graph.pb')],
    ["a publisher's archive", paths('deeplabv3_mnv2_pascal_train_aug_2018_01_29.tar.gz')],
    ['a .tflite', paths('deeplabv3_257_mv_gpu.tflite')],
    ['a model.json with its shards', paths('group1-shard1of1', 'model.json')],
    ['a folder of them', paths('mine/readme.txt', 'mine/tfjs/model.json', 'mine/tfjs/group1-shard1of2.bin')],
  ])('is a model when it is %s', (_, files) => expect(isModel(files)).toBe(true));

  test.each([
    ['a picture', paths('cat.jpg')],
    ['several pictures', paths('cat.jpg', 'dog.png')],
    ['a video', paths('clip.mp4')],
    ['nothing', []],
  ])('is no model when it is %s', (_, files) => expect(isModel(files)).toBe(false));
});
