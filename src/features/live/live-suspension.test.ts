import { expect, test } from 'vitest';
import { createLiveSuspension } from './live-suspension.ts';

function setUp() {
  const log: string[] = [];
  const note = (entry: string) => () => void log.push(entry);
  const later = (entry: string) => async () => {
    await Promise.resolve();
    log.push(entry);
  };
  const live = createLiveSuspension({
    pump: { hold: later('pump held'), release: note('pump released') },
    engine: { suspend: later('engine closed'), resume: later('engine back') },
    sources: {
      key: () => 'camera:front',
      openAnother: (key) => Promise.reject(new Error(`opened ${key}`)),
      suspend: note('source closed'),
      resume: later('source back'),
    },
    notices: {
      info() {
        log.push('said so');
        return 7;
      },
      problem: note('problem'),
      dismiss: (id) => void log.push(`dismissed ${id}`),
    },
    keepView() {
      log.push('view noted');
      return note('view restored');
    },
  });
  return { live, log };
}

test('the live view stops its frames first, and nothing of it runs when the job begins', async () => {
  const { live, log } = setUp();
  await live.suspend();
  expect(log).toEqual(['said so', 'pump held', 'source closed', 'engine closed']);
});

test('the live view returns with the settings that the user chose, and its notice disappears', async () => {
  const { live, log } = setUp();
  await live.suspend();
  log.length = 0;
  await live.resume();
  expect(log).toEqual([
    'view noted',
    'source back',
    'view restored',
    'pump released',
    'engine back',
    'dismissed 7',
  ]);
});

test("a job that asks for the live view's source gets another one with the same key", async () => {
  const { live } = setUp();
  await expect(live.openSource(new AbortController().signal)).rejects.toThrow('opened camera:front');
});
