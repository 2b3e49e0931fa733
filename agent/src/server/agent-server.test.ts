import { readdirSync } from 'node:fs';
import { mkdir, mkdtemp, symlink, writeFile } from 'node:fs/promises';
import { request, type IncomingMessage, type OutgoingHttpHeaders } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestAgent, TestClient, TOKEN, type TestAgent } from '../testing/test-agent.ts';

let agent: TestAgent;

beforeAll(async () => {
  const folder = await mkdtemp(join(tmpdir(), 'agent-pages-'));
  await mkdir(join(folder, 'pages'));
  await writeFile(join(folder, 'pages/index.html'), '<!doctype html><title>page</title>');
  await writeFile(join(folder, 'secret.txt'), 'secret');
  await symlink(join(folder, 'secret.txt'), join(folder, 'pages/link.txt'));
  agent = await startTestAgent({ pages: join(folder, 'pages') });
});
afterAll(async () => {
  await agent.close();
});

interface Answer {
  readonly status: number;
  readonly headers: IncomingMessage['headers'];
  readonly text: string;
}

function ask(path: string, headers: OutgoingHttpHeaders = {}, method = 'GET'): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const asked = request({
      host: '127.0.0.1',
      port: agent.port,
      method,
      path,
      headers: { host: `localhost:${agent.port}`, ...headers },
    });
    asked.on('response', (response) => {
      let text = '';
      response.setEncoding('utf8').on('data', (part: string) => (text += part));
      response.on('end', () =>
        resolve({ status: response.statusCode ?? 0, headers: response.headers, text }),
      );
    });
    asked.on('upgrade', (response, socket) => {
      socket.destroy();
      resolve({ status: response.statusCode ?? 0, headers: response.headers, text: '' });
    });
    asked.on('error', reject).end();
  });
}

function upgrade(headers: OutgoingHttpHeaders): Promise<Answer> {
  return ask('/agent', {
    connection: 'Upgrade',
    upgrade: 'websocket',
    'sec-websocket-version': '13',
    'sec-websocket-key': 'dGhlIHNhbXBsZSBub25jZQ==',
    origin: agent.origin,
    'sec-websocket-protocol': `segscope.v1, token.${TOKEN}`,
    'sec-websocket-extensions': 'permessage-deflate',
    ...headers,
  });
}

test('2.4 and 2.6 the right page with the right code connects, without compression', async () => {
  const { status, headers } = await upgrade({});
  expect(status).toBe(101);
  expect(headers['sec-websocket-protocol']).toBe('segscope.v1');
  expect(headers['sec-websocket-extensions']).toBeUndefined();
});

test.each(['evil.example', 'evil.example:8590', '127.0.0.1'])(
  '2.2 the host %s is answered 421',
  async (host) => {
    expect((await upgrade({ host })).status).toBe(421);
    expect((await ask('/', { host })).status).toBe(421);
  },
);

test.each(['https://evil.example', 'null', 'http://localhost:1', 'http://localhost:4173.evil.example'])(
  '2.3 a page from %s is answered 403',
  async (origin) => {
    expect((await upgrade({ origin })).status).toBe(403);
  },
);

test('2.3 a client that names no origin is answered 403', async () => {
  expect((await upgrade({ origin: '' })).status).toBe(403);
});

test.each([
  'segscope.v1',
  'segscope.v1, token.',
  'segscope.v1, token.0123456789AC',
  `segscope.v1, token.${TOKEN}0`,
])('2.4 the offer "%s" is answered 401', async (offer) => {
  expect((await upgrade({ 'sec-websocket-protocol': offer })).status).toBe(401);
});

test('2.4 an offer without the protocol is answered 400, 2.5 one of another version connects and is told so', async () => {
  expect((await upgrade({ 'sec-websocket-protocol': `chat, token.${TOKEN}` })).status).toBe(400);
  const other = await upgrade({ 'sec-websocket-protocol': `segscope.v9, token.${TOKEN}` });
  expect(other.status).toBe(101);
  expect(other.headers['sec-websocket-protocol']).toBe('segscope.v9');
});

test('2.7 any page may ask whether there is an agent and whether it may connect, and nothing else', async () => {
  const foreign = await ask('/agent', { origin: 'https://evil.example' });
  expect(JSON.parse(foreign.text)).toEqual({ agent: 'segscope', protocol: 1, originAllowed: false });
  expect(foreign.headers['access-control-allow-origin']).toBe('*');
  const own = await ask('/agent', { origin: agent.origin });
  expect(JSON.parse(own.text)).toMatchObject({ originAllowed: true });
});

test('2.8 the ninth simultaneous page is answered 503', async () => {
  const clients = await Promise.all(Array.from({ length: 8 }, () => TestClient.open(agent)));
  expect((await upgrade({})).status).toBe(503);
  for (const client of clients) client.close();
  await Promise.all(clients.map(({ closed }) => closed));
});

test('a hundred connections leak nothing, not even a descriptor', async () => {
  const openFiles = () => readdirSync('/proc/self/fd').length;
  const before = openFiles();
  for (let i = 0; i < 100; i++) {
    const client = await TestClient.loaded(agent);
    client.close();
    await client.closed;
  }
  const last = await TestClient.loaded(agent);
  last.frame(1);
  expect((await last.next('inferred')).frameId).toBe(1);
  last.close();
  await last.closed;
  // Both ends of every socket are in this process; the last one may close a little later.
  await expect.poll(openFiles, { timeout: 10_000 }).toBeLessThanOrEqual(before + 2);
});

test.each([
  ['the page', 200, '/', {}, 'GET'],
  ['the head of the page', 200, '/', {}, 'HEAD'],
  ['part of the page, sent whole', 200, '/', { range: 'bytes=0-1' }, 'GET'],
  ['a page that the browser has, sent anew', 200, '/', { 'if-none-match': '*' }, 'GET'],
  ['a missing file', 404, '/none.js', {}, 'GET'],
  ['a method that is not allowed', 405, '/', {}, 'PUT'],
  ['a foreign host', 421, '/', { host: 'elsewhere.example' }, 'GET'],
] as const)(
  '%s (%i) comes with the headers that give a page threads',
  async (_what, status, path, headers, method) => {
    expect(await ask(path, headers, method)).toMatchObject({
      status,
      headers: {
        'cross-origin-opener-policy': 'same-origin',
        'cross-origin-embedder-policy': 'require-corp',
        'cross-origin-resource-policy': 'same-origin',
      },
    });
  },
);

test('the front page is the built page', async () => {
  expect((await ask('/')).text).toContain('<title>page</title>');
});

test.each([
  '/../secret.txt',
  '/%2e%2e/secret.txt',
  '/..%2fsecret.txt',
  '/link.txt',
  '/%00',
  '/%',
  '/nothing',
])('nothing outside the pages is served: %s is 404', async (path) => {
  const { status, text } = await ask(path);
  expect(status).toBe(404);
  expect(text).not.toContain('secret\n');
});
