import { describe, expect, test } from 'vitest';
import { ProblemError, describeProblem, problemOf } from './problem.ts';
import type { Problem, ProblemKind } from './problem.ts';

/** One of every kind: a new kind does not compile until this list has it. */
const everyKind: { readonly [Kind in ProblemKind]: Extract<Problem, { kind: Kind }> } = {
  'camera-denied': { kind: 'camera-denied' },
  'camera-missing': { kind: 'camera-missing' },
  'camera-busy': { kind: 'camera-busy', detail: 'in use' },
  'camera-unsupported': { kind: 'camera-unsupported' },
  'camera-ended': { kind: 'camera-ended', label: 'HD Webcam' },
  'not-a-picture': { kind: 'not-a-picture', fileName: 'notes.txt' },
  'picture-too-large': {
    kind: 'picture-too-large',
    fileName: 'wall.png',
    width: 20000,
    height: 19999,
    limitMegapixels: 100,
  },
  'video-without-frames': { kind: 'video-without-frames', fileName: 'song.mp4' },
  'video-undecodable': { kind: 'video-undecodable', fileName: 'film.avi' },
  'source-unreachable': { kind: 'source-unreachable', what: 'samples/coffee.jpg', detail: 'HTTP 404' },
  'catalogue-invalid': { kind: 'catalogue-invalid', detail: 'models: expected array' },
  'model-index-invalid': { kind: 'model-index-invalid', detail: 'not JSON' },
  'model-unknown': { kind: 'model-unknown', modelId: 'u-net' },
  'model-absent': { kind: 'model-absent', modelId: 'xception65' },
  'model-file-missing': { kind: 'model-file-missing', file: 'group1-shard1of1.bin', status: 404 },
  'model-file-truncated': {
    kind: 'model-file-truncated',
    file: 'group1-shard1of1.bin',
    expectedBytes: 900,
    actualBytes: 17,
  },
  'model-file-corrupt': { kind: 'model-file-corrupt', file: 'group1-shard1of1.bin' },
  'model-invalid': { kind: 'model-invalid', modelId: 'mine', detail: 'no logits' },
  'import-not-a-model': { kind: 'import-not-a-model', fileName: 'notes.txt', detail: 'no GraphDef' },
  'import-damaged': {
    kind: 'import-damaged',
    fileName: 'frozen_inference_graph.pb',
    detail: 'ends in node 7',
  },
  'import-unsupported': { kind: 'import-unsupported', fileName: 'u-net.pb', detail: 'no ArgMax' },
  'models-unavailable': { kind: 'models-unavailable', detail: 'SecurityError' },
  'models-full': { kind: 'models-full', megabytes: 165 },
  'models-evicted': { kind: 'models-evicted', names: ['mine'] },
  'download-forbidden': { kind: 'download-forbidden', host: 'models.example', modelId: 'xception65' },
  'download-failed': {
    kind: 'download-failed',
    host: 'models.example',
    modelId: 'xception65',
    detail: 'HTTP 404',
  },
  'backend-unavailable': { kind: 'backend-unavailable', backend: 'webgpu', detail: 'no adapter' },
  'context-lost': { kind: 'context-lost', backend: 'webgl' },
  'out-of-memory': { kind: 'out-of-memory', backend: 'cpu' },
  'inference-failed': { kind: 'inference-failed', detail: 'shape' },
  'frame-not-shown': { kind: 'frame-not-shown', detail: 'no canvas' },
  'worker-crashed': { kind: 'worker-crashed', detail: 'no answer' },
  'screenshot-failed': { kind: 'screenshot-failed', detail: 'no frame yet' },
  'replay-too-large': {
    kind: 'replay-too-large',
    frames: 65,
    megabytes: 80,
    limitFrames: 64,
    limitMegabytes: 256,
  },
  'history-unavailable': { kind: 'history-unavailable', detail: 'SecurityError' },
  'history-blocked': { kind: 'history-blocked' },
  'history-full': { kind: 'history-full' },
  'runs-invalid': { kind: 'runs-invalid', detail: 'runs[0].name: expected string' },
  'runs-newer': { kind: 'runs-newer', version: '7' },
  'dataset-unreadable': { kind: 'dataset-unreadable', name: 'VOC2012.zip', detail: 'it ends too early' },
  'dataset-empty': { kind: 'dataset-empty', name: 'Downloads' },
  'mapping-invalid': { kind: 'mapping-invalid', fileName: 'map.json', detail: '"7": no class index' },
  'evaluation-unkept': { kind: 'evaluation-unkept', detail: 'the disk is full' },
  'evaluation-unreadable': { kind: 'evaluation-unreadable', what: 'comparison', detail: 'IndexedDB failed' },
  'evaluation-picture-absent': { kind: 'evaluation-picture-absent', name: '2007_000033' },
  'classes-differ': { kind: 'classes-differ', first: 'MobileNetV2', second: 'EdgeTPU-DeepLab-slim' },
  'export-failed': { kind: 'export-failed', what: 'chart', detail: 'no canvas' },
  'measuring-already': { kind: 'measuring-already' },
  'measuring-elsewhere': { kind: 'measuring-elsewhere' },
  'link-invalid': { kind: 'link-invalid', detail: 'run 2 has no input size' },
  'link-version': { kind: 'link-version', version: '7' },
  'agent-address-invalid': { kind: 'agent-address-invalid', address: 'pi local' },
  'agent-not-running': { kind: 'agent-not-running', address: 'localhost:8590' },
  'agent-origin-refused': {
    kind: 'agent-origin-refused',
    address: 'localhost:8590',
    origin: 'http://laptop.local:4173',
  },
  'agent-code-refused': { kind: 'agent-code-refused', address: 'localhost:8590' },
  'agent-needs-http': { kind: 'agent-needs-http', address: 'pi.local:8590' },
  'agent-network-denied': { kind: 'agent-network-denied', address: 'pi.local:8590' },
  'agent-other-version': { kind: 'agent-other-version', address: 'localhost:8590', detail: '2 instead of 1' },
  'agent-lost': { kind: 'agent-lost', address: 'localhost:8590', detail: 'close code 1006' },
  'agent-answer-invalid': { kind: 'agent-answer-invalid', address: 'localhost:8590', detail: 'no JSON' },
  'agent-failed': { kind: 'agent-failed', sentence: 'The engine ended.', nextStep: 'Load the model again.' },
};

const problems: readonly Problem[] = Object.values(everyKind);

/** Every text and number that a problem holds besides its kind. */
const particulars = (problem: Problem) =>
  Object.entries(problem).flatMap(([key, value]) => (key === 'kind' ? [] : [String(value)]));

describe.each(problems)('describeProblem: $kind', (problem) => {
  const { sentence, nextStep } = describeProblem(problem);

  test('is one whole sentence', () => {
    expect(sentence).toMatch(/^["A-Z].*\.$/);
    expect(sentence).not.toMatch(/undefined|NaN|\[object|\n/);
  });

  test('includes the next step', () => {
    expect(nextStep).toMatch(/^["A-Z].*\.$/);
    expect(nextStep).not.toBe(sentence);
  });

  test('mentions every value it holds', () => {
    for (const particular of particulars(problem)) expect(`${sentence} ${nextStep}`).toContain(particular);
  });
});

describe('describeProblem', () => {
  test('gives every kind a different sentence', () => {
    const sentences = problems.map((problem) => describeProblem(problem).sentence);
    expect(new Set(sentences).size).toBe(problems.length);
  });

  test('a download without an answer shows no HTTP status', () => {
    const { sentence } = describeProblem({ kind: 'model-file-missing', file: 'a.bin', status: 0 });
    expect(sentence).toContain('no answer from the server');
    expect(sentence).not.toContain('HTTP');
  });

  test('gives the size of a large picture in megapixels too', () => {
    const problem = { kind: 'picture-too-large', fileName: 'x.png', width: 20_000, height: 20_000 } as const;
    expect(describeProblem({ ...problem, limitMegapixels: 100 }).sentence).toContain('(400 megapixels)');
  });
});

describe('problemOf', () => {
  test('finds the problem inside a ProblemError', () => {
    const problem: Problem = { kind: 'camera-denied' };
    expect(problemOf(new ProblemError(problem), () => ({ kind: 'camera-missing' }))).toBe(problem);
  });

  test('makes a problem from the message of any other error, and from a thrown value that is not an error', () => {
    const otherwise = (detail: string): Problem => ({ kind: 'worker-crashed', detail });
    expect(problemOf(new TypeError('broken'), otherwise)).toEqual({
      kind: 'worker-crashed',
      detail: 'broken',
    });
    expect(problemOf('gone', otherwise)).toEqual({ kind: 'worker-crashed', detail: 'gone' });
  });
});

describe('ProblemError', () =>
  test('carries its problem, its sentence and its cause', () => {
    const cause = new Error('below');
    const error = new ProblemError({ kind: 'camera-missing' }, { cause });
    expect(error).toMatchObject({ name: 'ProblemError', message: 'No camera was found.', cause });
    expect(error.problem).toEqual({ kind: 'camera-missing' });
  }));
