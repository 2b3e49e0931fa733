import { describe, expect, test } from 'vitest';
import { createBackendMemory } from './backend-memory.ts';

function testStorage() {
  const items = new Map<string, string>();
  return {
    items,
    getItem: (key: string) => items.get(key) ?? null,
    setItem: (key: string, value: string) => void items.set(key, value),
    removeItem: (key: string) => void items.delete(key),
  };
}

const key = { modelId: 'm', inputSize: 257, pipeline: 'ours', userAgent: 'Browser 1' };
const trials = [{ backend: 'webgl', threads: null, medianMs: 8.5, device: 'GPU' }] as const;

describe('BackendMemory', () => {
  test('recalls a result only for the same model, size, pipeline and browser', () => {
    const memory = createBackendMemory(testStorage());
    memory.remember(key, trials);
    expect(memory.recall(key)).toEqual(trials);
    expect(memory.recall({ ...key, inputSize: 513 })).toBeNull();
    expect(memory.recall({ ...key, userAgent: 'Browser 2' })).toBeNull();
  });

  test('forgets a result', () => {
    const memory = createBackendMemory(testStorage());
    memory.remember(key, trials);
    memory.forget(key);
    expect(memory.recall(key)).toBeNull();
  });

  test.each(['{', '{}', '[]', '[{"backend":"abacus","medianMs":1,"device":""}]', '[{"backend":"wasm"}]'])(
    'treats damaged entries (%s) as no result',
    (text) => {
      const storage = testStorage();
      const memory = createBackendMemory(storage);
      memory.remember(key, trials);
      for (const name of storage.items.keys()) storage.items.set(name, text);
      expect(memory.recall(key)).toBeNull();
    },
  );

  test('remembers nothing if the storage refuses everything', () => {
    const refuse = (): never => {
      throw new Error('denied');
    };
    const memory = createBackendMemory({ getItem: refuse, setItem: refuse, removeItem: refuse });
    memory.remember(key, trials);
    memory.forget(key);
    expect(memory.recall(key)).toBeNull();
  });
});
