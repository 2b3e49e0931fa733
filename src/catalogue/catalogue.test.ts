import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { ProblemError } from '../domain/problems/problem.ts';
import { parseCatalogue } from './catalogue.ts';

const folder = new URL('../../public/models/', import.meta.url);
type Fields = Record<string, unknown>;

const read = () =>
  JSON.parse(readFileSync(new URL('catalogue.json', folder), 'utf8')) as {
    models: [Fields, Fields, Fields, Fields, Fields];
  };

function detailOf(json: unknown): string {
  try {
    parseCatalogue(json);
  } catch (error) {
    if (error instanceof ProblemError && error.problem.kind === 'catalogue-invalid')
      return error.problem.detail;
    throw error;
  }
  return 'valid';
}

describe('the committed catalogue', () => {
  test('is valid and lists the embedded models, the six of the thesis and the rest of the zoo', () =>
    expect(parseCatalogue(read()).models.map(({ id }) => id)).toEqual([
      'segscope-mnv2-257',
      'segscope-mnv2-257-uint8',
      'segscope-mnv2-257-tflite-float16',
      'segscope-mnv2-257-int8',
      'mobilenetv2_dm05_coco_voc_trainaug',
      'mobilenetv2_dm05_coco_voc_trainval',
      'mobilenetv2_coco_voc_trainaug',
      'mobilenetv2_coco_voc_trainval',
      'xception65_coco_voc_trainaug',
      'xception65_coco_voc_trainval',
      'mobilenetv2_dm05_coco_voc_trainaug_8bit',
      'mobilenetv2_coco_voc_trainaug_8bit',
      'mobilenetv2_coco_cityscapes_trainfine',
      'mobilenetv2_ade20k_train',
      'deeplabv3_mnv2_dm05_pascal_quant',
      'deeplabv3_mnv2_pascal_quant',
      'deeplab_mobilenet_edgetpu_slim_cityscapes_quant',
      'deeplabv3_257_mv_gpu',
    ]));

  test('gives size and SHA-256 of every embedded file as committed', () => {
    const embedded = parseCatalogue(read()).models.filter(({ download }) => download === null);
    const files = embedded.flatMap((model) =>
      model.files.map((file) => ({ ...file, at: new URL(`${model.folder}/${file.path}`, folder) })),
    );
    expect(files).toHaveLength(8);
    for (const file of files) {
      const content = readFileSync(file.at);
      expect({
        bytes: content.length,
        sha256: createHash('sha256').update(content).digest('hex'),
      }).toEqual({ bytes: file.bytes, sha256: file.sha256 });
    }
  });

  test('says of every embedded accuracy that it is not comparable with published ones', () => {
    const own = parseCatalogue(read()).models.filter(({ trainingSplit }) => trainingSplit === 'own');
    const measured = own.flatMap(({ published }) => published ?? []);
    expect(measured.map(({ meanIoU }) => meanIoU)).toEqual([0.374, 0.366, 0.367]);
    for (const { protocol } of measured) expect(protocol).toMatch(/subset, not comparable/);
  });

  test('gives a .tflite that is downloaded unchanged the same checksum in download and files', () => {
    const asIs = parseCatalogue(read()).models.filter(({ download }) => download?.archiveFormat === 'tflite');
    expect(asIs).toHaveLength(4);
    for (const { download, files, graph } of asIs) {
      const { bytes, sha256 } = files.find(({ path }) => path === graph) ?? {};
      expect({ bytes, sha256 }).toEqual({ bytes: download?.bytes, sha256: download?.sha256 });
      expect(download?.url).toMatch(new RegExp(`/${graph}$`));
    }
  });

  test('lists the Edge TPU twin among the files of every Coral model', () => {
    const twins = parseCatalogue(read()).models.filter(({ edgeTpuTwin }) => edgeTpuTwin !== null);
    expect(twins).toHaveLength(3);
    for (const { files, edgeTpuTwin } of twins) expect(files.map(({ path }) => path)).toContain(edgeTpuTwin);
  });

  test('never gives an accuracy on VOC val for a network that has seen VOC val', () => {
    const seen = parseCatalogue(read()).models.filter(({ trainingSplit }) => trainingSplit === 'trainval');
    expect(seen.map(({ published }) => published?.split)).toEqual(['test', 'test', 'test']);
  });
});

describe('refuses an invalid catalogue and names the field', () => {
  const broken = (change: (models: ReturnType<typeof read>['models']) => void) => {
    const json = read();
    change(json.models);
    return json;
  };

  test.each<[string, unknown, RegExp]>([
    ['no object', 'hello', /^top level: /],
    ['an unknown version', { ...read(), version: 2 }, /^version: /],
    ['no models', { version: 1, models: [] }, /^models: /],
    ['an unknown field', broken(([first]) => (first['colour'] = 'red')), /^models\[0\]: .*colour/],
    ['a missing field', broken(([, second]) => delete second['licence']), /^models\[1\]\.licence: /],
    ['an accuracy in percent', broken(setAccuracy), /^models\[2\]\.published\.meanIoU: /],
    ['an id used twice', broken(([a, b]) => (b['id'] = a['id'])), /^models\[1\]\.id: .*listed twice/],
    [
      'a folder with ..',
      broken(([first]) => (first['folder'] = '../secret')),
      /^models\[0\]\.folder: only letters/,
    ],
    [
      'a graph path with ..',
      broken(([first]) => (first['graph'] = 'tfjs/../../model.json')),
      /^models\[0\]\.graph: /,
    ],
    [
      'a size that does not fit outside padding',
      broken(([first]) => (first['inputSizes'] = [257, 300])),
      /^models\[0\]\.inputSizes: .*16k\+1/,
    ],
    [
      'a size other than that of inside padding',
      broken(([, , , , fifth]) => (fifth['inputSizes'] = [257])),
      /^models\[4\]\.inputSizes: .*only at its own size, 513/,
    ],
    [
      'a graph that its runtime cannot run',
      broken(([first]) => (first['runtime'] = 'litert')),
      /^models\[0\]\.graph: LiteRT runs a \.tflite/,
    ],
    [
      'a download from another protocol',
      broken(([, , , , fifth]) => Object.assign(fifth['download'] as object, { url: 'file:///etc/passwd' })),
      /^models\[4\]\.download\.url: /,
    ],
    [
      'checksums without the graph',
      broken(([first]) => (first['graph'] = 'tfjs/other.json')),
      /^models\[0\]\.files: tfjs\/other\.json/,
    ],
  ])('%s', (_, json, detail) => expect(detailOf(json)).toMatch(detail));

  function setAccuracy([, , third]: ReturnType<typeof read>['models']) {
    third['published'] = { meanIoU: 75.3, split: 'val', protocol: 'p', source: 's' };
  }
});
