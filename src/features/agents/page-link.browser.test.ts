import { afterEach, expect, test } from 'vitest';
import { agentsToConnect, storeAgents, watchAddress } from './page-link.ts';

const address = location.pathname + location.search + location.hash;
afterEach(() => {
  localStorage.removeItem('segscope.agents');
  history.replaceState(null, '', address);
});

test('a code in the address connects to the server of the page, and is removed from the address', () => {
  storeAgents([
    { address: 'pi.local:8590', code: 'OLD' },
    { address: location.host, code: 'STALE' },
  ]);
  history.replaceState(null, '', '#token=0123ABC');
  expect(agentsToConnect()).toEqual([
    { address: 'pi.local:8590', code: 'OLD' },
    { address: location.host, code: '0123ABC' },
  ]);
  expect(location.href).not.toContain('0123ABC');
  expect(agentsToConnect()).toHaveLength(2);
});

test('a code that is pasted into the open page is read, and is removed from the address too', async () => {
  const pasted: unknown[] = [];
  const stop = watchAddress((agent) => pasted.push(agent));
  location.hash = '#?source=sample:chelsea&token=FEDCBA';
  await expect.poll(() => pasted).toEqual([{ address: location.host, code: 'FEDCBA' }]);
  expect(location.href).not.toContain('FEDCBA');
  stop();
  location.hash = '#token=LATER';
  await new Promise((resolve) => addEventListener('hashchange', resolve, { once: true }));
  expect(pasted).toHaveLength(1);
});
