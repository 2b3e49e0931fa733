import { serveFolder } from './static-server.ts';
import { expect, test } from './fixtures/live-page.ts';

test('under a sub-path of a plain server, the page segments without threads and says so', async ({
  live,
}) => {
  const server = await serveFolder('dist', '/some/path/');
  try {
    await live.page.goto(`${server.url}#/live?source=sample:chelsea&backend=wasm`);
    await live.page.waitForFunction(() => globalThis.segscope !== undefined);
    await live.page.evaluate(async () => globalThis.segscope?.firstOverlay);
    await live.settled();
    expect(await live.page.evaluate(() => globalThis.crossOriginIsolated)).toBe(false);
    const { engine } = await live.state();
    expect(engine).toMatchObject({ kind: 'running', description: { backend: 'wasm', threads: 1 } });
    await expect(live.page.getByText(/not cross-origin isolated/).first()).toBeVisible();
    await expect.poll(async () => (await live.legend())['cat'] ?? 0).toBeGreaterThan(0.3);
  } finally {
    await server.close();
  }
});

test('loads nothing from another host', async ({ live }) => {
  const hosts = new Set<string>();
  live.page.on('request', (request) => hosts.add(new URL(request.url()).host));
  await live.open({ source: 'moving:chelsea', backend: 'auto' });
  await live.settled();
  await live.choose('Pipeline', /stock/);
  await expect
    .poll(async () => (await live.state()).engine)
    .toMatchObject({ description: { pipeline: 'stock' } });
  const own = new URL(live.page.url()).host;
  expect([...hosts].filter((host) => host !== own && host !== '')).toEqual([]);
});
