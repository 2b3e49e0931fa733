import { expect, onTestFinished, test, vi } from 'vitest';
import { createMeasuringLock } from './job.ts';

/** Other test files run at the same time as this one. */
const NAME = 'segscope.measuring.test';

/** A page of the same origin that measures until it is removed. */
async function otherTab(): Promise<HTMLIFrameElement> {
  const frame = document.createElement('iframe');
  frame.srcdoc = `<script>
    navigator.locks.request('${NAME}', () => {
      parent.postMessage('measuring');
      return new Promise(() => {});
    });
  </script>`;
  const measuring = new Promise((resolve) => window.addEventListener('message', resolve, { once: true }));
  document.body.append(frame);
  onTestFinished(() => frame.remove());
  await measuring;
  return frame;
}

test('a measurement is refused while another tab measures, and accepted once that tab is gone', async () => {
  const claim = createMeasuringLock(navigator.locks, NAME);
  const tab = await otherTab();
  await expect(claim()).rejects.toMatchObject({ problem: { kind: 'measuring-elsewhere' } });
  tab.remove();
  const lease = await vi.waitFor(claim, { timeout: 10_000 });
  await lease.release();
});

test('a released lease lets the next measurement start', async () => {
  const [here, there] = [
    createMeasuringLock(navigator.locks, NAME),
    createMeasuringLock(navigator.locks, NAME),
  ];
  const lease = await here();
  await expect(there()).rejects.toMatchObject({ problem: { kind: 'measuring-elsewhere' } });
  await lease.release();
  const next = await there();
  await next.release();
  await next.release();
});

test('no measurement is refused if the browser offers no locks or denies them', async () => {
  const none = createMeasuringLock(undefined);
  const denied = createMeasuringLock({
    request: () => Promise.reject(new DOMException('opaque', 'SecurityError')),
  });
  for (const claim of [none, denied]) {
    const leases = await Promise.all([claim(), claim()]);
    await expect(Promise.all(leases.map((lease) => lease.release()))).resolves.toHaveLength(2);
  }
});
