import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { AGENT_DEVICES, MODEL_TAILS } from './agent-description.ts';
import { BACKENDS } from './backend.ts';
import { FRAME_CODECS } from './frame-codec.ts';
import { UPSAMPLINGS } from './labels/axis-weights.ts';
import { PIPELINES, PREPROCESSINGS } from './measuring/configuration.ts';
import {
  agentSetup,
  backendOf,
  browserSetup,
  codecOf,
  isAgentSetup,
  resolveAuto,
  sameSetup,
  setupKey,
  setupOf,
  setupWords,
  type Setup,
} from './setup.ts';
import { makeAgentRun, makeDoubleRun, makeRun } from './testing/run-record.ts';

const HERE = browserSetup('mnv2', 257, 'wasm');
const PI = { agent: 'pi:8590', device: 'cpu', tail: 'cut', threads: 1 } as const;
const THERE = agentSetup('mnv2-int8', 257, PI);

const anyPlace = fc.oneof(
  fc.record({
    kind: fc.constant('browser' as const),
    backend: fc.constantFrom(...BACKENDS),
    threads: fc.constantFrom(null, 1, 4),
  }),
  fc.record({
    kind: fc.constant('agent' as const),
    agent: fc.constantFrom('pi:8590', 'pi 8590', 'pi', ''),
    device: fc.constantFrom(...AGENT_DEVICES),
    tail: fc.constantFrom(...MODEL_TAILS),
    threads: fc.integer({ min: 1, max: 8 }),
    codec: fc.constantFrom(...FRAME_CODECS),
  }),
);
const anySetup: fc.Arbitrary<Setup> = fc.record({
  modelId: fc.constantFrom('a', 'a b', 'a%20b', ''),
  inputSize: fc.constantFrom(257, 513),
  pipeline: fc.constantFrom(...PIPELINES),
  preprocessing: fc.constantFrom(...PREPROCESSINGS),
  upsampling: fc.constantFrom(...UPSAMPLINGS),
  place: anyPlace,
});

describe('two setups', () => {
  test('are equal only if every field is', () =>
    fc.assert(
      fc.property(anySetup, anySetup, (one, other) => {
        expect(sameSetup(one, structuredClone(one))).toBe(true);
        expect(sameSetup(one, other)).toBe(JSON.stringify(one) === JSON.stringify(other));
      }),
    ));

  test.each<Partial<Setup>>([
    { modelId: 'other' },
    { inputSize: 513 },
    { pipeline: 'stock' },
    { preprocessing: 'native' },
    { upsampling: 'half-pixel' },
    { place: { ...THERE.place, agent: 'pi:8591' } },
    { place: { ...THERE.place, device: 'edgetpu' } },
    { place: { ...THERE.place, tail: 'stock' } },
    { place: { ...THERE.place, threads: 4 } },
    { place: { ...THERE.place, codec: 'jpeg95' } },
    { place: HERE.place },
  ])('differ by %j alone', (change) => expect(sameSetup(THERE, { ...THERE, ...change })).toBe(false));

  test('have a key that never changes, so that it can be stored', () => {
    expect(setupKey(HERE)).toBe('mnv2 257%20px fit aligned ours wasm none this%20browser none default raw');
    expect(setupKey(THERE)).toBe('mnv2-int8 257%20px fit aligned ours tflite pi%3A8590 CPU cut 1 raw');
  });
});

describe('the name of a setup', () => {
  test('is its model, backend and size, and every value that is not the default', () => {
    expect(setupWords(HERE)).toEqual(['mnv2', 'wasm', '257 px']);
    expect(setupWords(HERE, { modelName: 'MobileNet' })[0]).toBe('MobileNet');
    expect(
      setupWords(
        browserSetup('mnv2', 513, 'litert', {
          ...{ threads: 2, pipeline: 'stock', preprocessing: 'native', upsampling: 'unaligned' },
        }),
      ),
    ).toEqual([
      ...['mnv2', 'litert with 2 threads', '513 px'],
      ...['stock pipeline', 'native', 'upsampling unaligned'],
    ]);
  });

  test('includes device, address and tail of an agent, and the threads of its CPU', () => {
    expect(setupWords(THERE)).toEqual(['mnv2-int8', 'CPU of pi:8590', '257 px', 'cut tail']);
    const four = { ...PI, threads: 4, tail: 'stock', codec: 'jpeg85' } as const;
    expect(setupWords(agentSetup('m', 257, four)).slice(3)).toEqual(['stock tail', '4 threads', 'JPEG 85']);
    const onTpu = agentSetup('m', 257, { ...four, device: 'edgetpu' }, 'crop');
    expect(setupWords(onTpu, { deviceName: 'TEST DOUBLE' })).toEqual([
      ...['m', 'TEST DOUBLE of pi:8590', '257 px', 'stock tail', 'JPEG 85', 'crop'],
    ]);
  });
});

describe('a setup', () => {
  test('on an agent has the pipeline of its tail, and raw frames by default', () => {
    expect(THERE).toMatchObject({ pipeline: 'ours', place: { codec: 'rgb8' } });
    expect(agentSetup('m', 257, { ...PI, tail: 'stock' }).pipeline).toBe('stock');
    expect([HERE, THERE].map(isAgentSetup)).toEqual([false, true]);
    expect([HERE, THERE].map(backendOf)).toEqual(['wasm', 'tflite']);
    expect(codecOf(agentSetup('m', 257, { ...PI, codec: 'jpeg85' }))).toBe('jpeg85');
    expect(codecOf(HERE)).toBe('rgb8');
  });

  test("with 'auto' resolves to the backend that runs, and to WASM if none does", () => {
    const auto = { ...HERE, place: { ...HERE.place, backend: 'auto' } } as const;
    expect(resolveAuto(auto, 'webgl').place.backend).toBe('webgl');
    expect(resolveAuto(auto, null).place.backend).toBe('wasm');
    const cpu = browserSetup('mnv2', 257, 'cpu');
    expect(resolveAuto(cpu, null)).toEqual(cpu);
  });

  test.each([
    ['in the browser', makeRun({ pipeline: 'stock', backend: 'webgl' })],
    ['on an agent', makeAgentRun({ codec: 'jpeg85' })],
    ['on a test double', makeDoubleRun()],
  ])('can be read from a description %s', (_, { setup, configuration }) =>
    expect(setupOf(configuration.segmenter, codecOf(setup))).toEqual(setup),
  );
});
