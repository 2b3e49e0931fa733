import { describe, expect, test } from 'vitest';
import { cameraProblem } from './camera.ts';

describe('cameraProblem', () => {
  test.each([
    ['NotAllowedError', 'camera-denied'],
    ['SecurityError', 'camera-denied'],
    ['NotFoundError', 'camera-missing'],
    ['OverconstrainedError', 'camera-missing'],
    ['NotReadableError', 'camera-busy'],
    ['AbortError', 'camera-busy'],
    ['InvalidStateError', 'camera-busy'],
  ])('%s means %s', (name, kind) =>
    expect(cameraProblem(new DOMException('Some words.', name)).kind).toBe(kind),
  );

  test('a busy camera quotes the browser without its full stop', () => {
    const problem = cameraProblem(new DOMException('Could not start video source.', 'NotReadableError'));
    expect(problem).toEqual({ kind: 'camera-busy', detail: 'Could not start video source' });
  });

  test('a browser error without a message is quoted by its name', () =>
    expect(cameraProblem(new DOMException('', 'NotReadableError'))).toEqual({
      kind: 'camera-busy',
      detail: 'NotReadableError',
    }));
});
