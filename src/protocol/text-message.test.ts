import fc from 'fast-check';
import { expect, test } from 'vitest';
import { ProtocolError } from './label-runs.ts';
import { parseAnswer, parseRequest } from './text-message.ts';

const load = { kind: 'load', requestId: 1, modelId: 'm', tail: 'cut', device: 'cpu', threads: 2 };

test('3 and 4 requests of the SPEC are understood', () => {
  expect(parseRequest('{"kind":"hello","protocol":1,"client":"test"}')).toEqual({
    kind: 'hello',
    protocol: 1,
    client: 'test',
  });
  expect(parseRequest(JSON.stringify(load))).toEqual(load);
});

test.each([
  ['no JSON', 'hello', 'not JSON'],
  ['no object', '3', 'the message'],
  ['an unknown kind', '{"kind":"shutdown"}', 'kind'],
  ['a path with more letters than an id', JSON.stringify({ ...load, modelId: '/'.repeat(300) }), 'modelId'],
  ['an unknown device', JSON.stringify({ ...load, device: 'gpu' }), 'device'],
  ['too many threads', JSON.stringify({ ...load, threads: 99 }), 'threads'],
  ['an unknown field', JSON.stringify({ ...load, path: '/etc/passwd' }), 'the message'],
  ['a negative id', JSON.stringify({ ...load, requestId: -1 }), 'requestId'],
])('8.3 %s is refused, and the place is named', (_, text, words) => {
  expect(() => parseRequest(text)).toThrow(ProtocolError);
  expect(() => parseRequest(text)).toThrow(words);
});

test('8.3 any JSON at all is a message or a ProtocolError', () =>
  fc.assert(
    fc.property(fc.oneof(fc.json(), fc.string()), (text) => {
      for (const parse of [parseRequest, parseAnswer]) {
        try {
          parse(text);
        } catch (error) {
          if (!(error instanceof ProtocolError)) throw error;
          expect(error.message.length).toBeLessThan(400);
        }
      }
    }),
    { numRuns: 2000 },
  ));

test('8.2 a failure has a kind, a sentence and a next step', () => {
  const failure = { kind: 'model-unknown', sentence: 'No.', nextStep: 'Choose.' };
  const failed = { kind: 'failed', requestId: 1, frameId: null, failure };
  expect(parseAnswer(JSON.stringify(failed))).toEqual(failed);
  expect(() => parseAnswer(JSON.stringify({ ...failed, failure: { ...failure, nextStep: 5 } }))).toThrow(
    'failure.nextStep',
  );
});
