import { expect, test } from 'vitest';
import { ProblemError } from '../../domain/problems/problem.ts';
import { createLiveSuspension } from './live-suspension.ts';

function setUp() {
  const log: string[] = [];
  /** Another tab measures. */
  const elsewhere = { is: false };
  const leases = { held: 0 };
  const note = (entry: string) => () => void log.push(entry);
  const later = (entry: string) => async () => {
    await Promise.resolve();
    log.push(entry);
  };
  const suspension = createLiveSuspension({
    pump: { hold: later('pump held'), release: note('pump released') },
    engine: { suspend: later('engine closed'), resume: later('engine back') },
    sources: { suspend: note('source closed'), resume: later('source back') },
    notices: {
      info() {
        log.push('said so');
        return 7;
      },
      problem: note('problem'),
      dismiss(id) {
        log.push(`dismissed ${id}`);
      },
    },
    claim() {
      if (elsewhere.is) return Promise.reject(new ProblemError({ kind: 'measuring-elsewhere' }));
      leases.held++;
      const release = () => {
        leases.held--;
        return Promise.resolve();
      };
      return Promise.resolve({ release });
    },
    keepView() {
      log.push('view noted');
      return note('view restored');
    },
  });
  return { suspension, log, elsewhere, leases };
}

test('the live view is stopped frame first, and nothing of it runs when the measurement begins', async () => {
  const { suspension, log } = setUp();
  await suspension.begin();
  expect(log).toEqual(['said so', 'pump held', 'source closed', 'engine closed']);
});

test('it comes back with the view as the person had set it, and its notice goes', async () => {
  const { suspension, log } = setUp();
  await suspension.begin();
  log.length = 0;
  await suspension.end();
  expect(log).toEqual([
    'view noted',
    'source back',
    'view restored',
    'pump released',
    'engine back',
    'dismissed 7',
  ]);
});

test('a second begin, or an end without a begin, changes nothing', async () => {
  const { suspension, log } = setUp();
  await suspension.end();
  expect(log).toEqual([]);
  await suspension.begin();
  const entries = log.length;
  await suspension.begin();
  expect(log).toHaveLength(entries);
});

test('it comes back only when the last of several measurements has ended', async () => {
  const { suspension, log } = setUp();
  await suspension.begin();
  await suspension.begin();
  log.length = 0;
  await suspension.end();
  expect(log).toEqual([]);
  await suspension.end();
  expect(log).toContain('engine back');
});

test('a measurement that begins while it is coming back waits until it is back', async () => {
  const { suspension, log } = setUp();
  await suspension.begin();
  log.length = 0;
  const back = suspension.end();
  await suspension.begin();
  await back;
  expect(log).toEqual([
    ...['view noted', 'source back', 'view restored', 'pump released', 'engine back', 'dismissed 7'],
    ...['said so', 'pump held', 'source closed', 'engine closed'],
  ]);
});

test('it is busy from the moment that a measurement asks until the last one has ended', async () => {
  const { suspension } = setUp();
  expect(suspension.busy()).toBe(false);
  const begun = suspension.begin();
  expect(suspension.busy()).toBe(true);
  await begun;
  await suspension.begin();
  void suspension.end();
  expect(suspension.busy()).toBe(true);
  void suspension.end();
  expect(suspension.busy()).toBe(false);
});

test('while another tab measures nothing is begun, and once it has ended everything can be', async () => {
  const { suspension, log, elsewhere } = setUp();
  elsewhere.is = true;
  await expect(suspension.begin()).rejects.toMatchObject({ problem: { kind: 'measuring-elsewhere' } });
  expect(log).toEqual([]);
  expect(suspension.busy()).toBe(false);
  elsewhere.is = false;
  await suspension.begin();
  expect(suspension.busy()).toBe(true);
});

test('other tabs are kept from measuring from the first begin to the last end', async () => {
  const { suspension, leases } = setUp();
  await suspension.begin();
  await suspension.begin();
  await suspension.end();
  expect(leases.held).toBe(1);
  await suspension.end();
  expect(leases.held).toBe(0);
  await suspension.begin();
  expect(leases.held).toBe(1);
});
