import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { ProblemError } from '../domain/problems/problem.ts';
import { readDeeplabGraph } from './deeplab-graph.ts';
import { readGraphModelFile } from './graph-model-file.ts';

const PUBLISHED = '../shared/models/tfjs';

interface TestNode {
  readonly name: string;
  readonly op: string;
  readonly input?: readonly string[];
  readonly attr?: Readonly<Record<string, unknown>>;
}

const ALIGNED = { align_corners: { b: true }, half_pixel_centers: { b: false } };
const INPUT: TestNode = { name: 'ImageTensor', op: 'Placeholder', attr: { dtype: { type: 'DT_UINT8' } } };
const LOGITS: TestNode = { name: 'logits', op: 'Conv2D', input: ['ImageTensor'] };
const ARG_MAX: TestNode = { name: 'ArgMax', op: 'ArgMax', input: ['logits'] };

function read(...node: TestNode[]) {
  return readDeeplabGraph({ node }, 'test');
}

function detailOf(work: () => unknown): string {
  try {
    work();
  } catch (error) {
    if (error instanceof ProblemError && error.problem.kind === 'model-invalid') return error.problem.detail;
    throw error;
  }
  throw new Error('It was accepted.');
}

function topologyOf(path: string): unknown {
  return readGraphModelFile(JSON.parse(readFileSync(path, 'utf8')), path).topology;
}

describe('readDeeplabGraph', () => {
  test.each(['tfjs', 'tfjs-uint8'])('finds input and logits of the embedded model (%s)', (folder) => {
    for (const file of ['model.json', 'model_autopad.json']) {
      const topology = topologyOf(`public/models/segscope-mnv2-257/${folder}/${file}`);
      expect(readDeeplabGraph(topology, 'embedded')).toEqual({
        inputName: 'ImageTensor',
        inputDtype: 'int32',
        logitsName: 'logits',
      });
    }
  });

  test('refuses the embedded variant that resizes its scores without align_corners', () => {
    const topology = topologyOf('public/models/segscope-mnv2-257/tfjs/model_fit257.json');
    expect(detailOf(() => readDeeplabGraph(topology, 'fit257'))).toContain('align_corners');
  });

  test
    .skipIf(!existsSync(PUBLISHED))
    .each(['mobilenetv2_dm05_coco_voc_trainaug', 'mobilenetv2_coco_voc_trainval'])(
    'walks back over both resizes of the published graph %s (skipped without ../shared)',
    (id) =>
      expect(readDeeplabGraph(topologyOf(`${PUBLISHED}/${id}/model.json`), id)).toEqual({
        inputName: 'ImageTensor',
        inputDtype: 'int32',
        logitsName: 'logits/semantic/BiasAdd',
      }),
  );

  test('accepts a graph whose ArgMax directly follows the logits', () =>
    expect(read(INPUT, LOGITS, ARG_MAX).logitsName).toBe('logits'));

  test('walks over Identity, Cast and ResizeBilinear, and past output numbers', () => {
    const graph = read(
      { ...INPUT, attr: { dtype: { type: 'DT_FLOAT' } } },
      LOGITS,
      { name: 'same', op: 'Identity', input: ['logits:0'] },
      { name: 'large', op: 'ResizeBilinear', input: ['same', 'size'], attr: ALIGNED },
      { name: 'size', op: 'Const' },
      { name: 'float', op: 'Cast', input: ['large'] },
      { ...ARG_MAX, input: ['float'] },
    );
    expect(graph).toEqual({ inputName: 'ImageTensor', inputDtype: 'float32', logitsName: 'logits' });
  });

  test.each([
    ['align_corners missing', {}],
    ['align_corners false', { align_corners: { b: false } }],
    ['half pixel centres', { align_corners: { b: true }, half_pixel_centers: { b: true } }],
  ])('refuses a final resize with %s', (_, attr) => {
    const resize = { name: 'large', op: 'ResizeBilinear', input: ['logits'], attr };
    expect(detailOf(() => read(INPUT, LOGITS, resize, { ...ARG_MAX, input: ['large'] }))).toContain(
      'align_corners',
    );
  });

  test('refuses a graph without ArgMax, and one with two', () => {
    expect(detailOf(() => read(INPUT, LOGITS))).toContain('0 ArgMax');
    expect(detailOf(() => read(INPUT, LOGITS, ARG_MAX, { ...ARG_MAX, name: 'second' }))).toContain(
      '2 ArgMax',
    );
  });

  test('refuses a cycle among the resizes', () => {
    const a = { name: 'a', op: 'Identity', input: ['b'] };
    const b = { name: 'b', op: 'Identity', input: ['a'] };
    expect(detailOf(() => read(INPUT, a, b, { ...ARG_MAX, input: ['a'] }))).toContain('cycle');
  });

  test('refuses a cycle before the logits', () => {
    const one = { name: 'one', op: 'Add', input: ['ImageTensor', 'two'] };
    const two = { name: 'two', op: 'Relu', input: ['one'] };
    expect(detailOf(() => read(INPUT, one, two, { ...LOGITS, input: ['two'] }, ARG_MAX))).toContain('cycle');
  });

  test('accepts a node that is used twice: that is not a cycle', () => {
    const left = { name: 'left', op: 'Relu', input: ['ImageTensor'] };
    const right = { name: 'right', op: 'Relu', input: ['left', 'ImageTensor'] };
    expect(
      read(INPUT, left, right, { ...LOGITS, input: ['left', 'right', 'left'] }, ARG_MAX).logitsName,
    ).toBe('logits');
  });

  test('refuses an ArgMax that does not see the picture', () => {
    const weights = { name: 'weights', op: 'Const' };
    expect(detailOf(() => read(INPUT, weights, { ...ARG_MAX, input: ['weights'] }))).toContain(
      'does not depend',
    );
    expect(detailOf(() => read(INPUT, { ...ARG_MAX, input: ['ImageTensor'] }))).toContain('no network');
  });

  test('refuses an edge that leads nowhere', () => {
    expect(detailOf(() => read(INPUT, { ...ARG_MAX, input: ['gone'] }))).toContain('not in the graph');
    expect(detailOf(() => read(INPUT, { ...LOGITS, input: ['gone'] }, ARG_MAX))).toContain(
      'not in the graph',
    );
  });

  test('refuses inputs that it cannot feed', () => {
    expect(detailOf(() => read(LOGITS, ARG_MAX))).toContain('0 inputs');
    expect(detailOf(() => read(INPUT, { ...INPUT, name: 'second' }, LOGITS, ARG_MAX))).toContain('2 inputs');
    const text = { ...INPUT, attr: { dtype: { type: 'DT_STRING' } } };
    expect(detailOf(() => read(text, LOGITS, ARG_MAX))).toContain('ImageTensor');
  });

  test.each([null, 3, 'graph', {}, { node: [] }, { node: [{ op: 'ArgMax' }] }])(
    'refuses %j, which is not a graph',
    (topology) => expect(detailOf(() => readDeeplabGraph(topology, 'test'))).toContain('no graph'),
  );
});
