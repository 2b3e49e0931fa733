import { expect, test } from 'vitest';
import { describeProblem } from '../domain/problems/problem.ts';
import { diagnoseAgent, type PageFacts } from './diagnose-agent.ts';

const told = (body: unknown) => () => Promise.resolve(Response.json(body));

function page(changes: Partial<PageFacts> = {}): PageFacts {
  return {
    origin: 'http://localhost:4173',
    networkPermission: () => Promise.resolve('unknown'),
    fetch: told({ agent: 'segscope', protocol: 1, originAllowed: true }),
    ...changes,
  };
}

test('2.7 asks GET /agent', async () => {
  const asked: string[] = [];
  const facts = page({
    fetch: (url) => {
      asked.push(url);
      return Promise.reject(new TypeError('refused'));
    },
  });
  await diagnoseAgent('localhost:8590', facts);
  expect(asked).toEqual(['http://localhost:8590/agent']);
});

test.each<[string, string, Partial<PageFacts>, string]>([
  [
    'no agent answers',
    'localhost:8590',
    { fetch: () => Promise.reject(new TypeError('refused')) },
    'agent-not-running',
  ],
  ['another program answers', 'localhost:8590', { fetch: told({ hello: 1 }) }, 'agent-not-running'],
  [
    'the answer is not JSON',
    'localhost:8590',
    { fetch: () => Promise.resolve(new Response('<html>')) },
    'agent-not-running',
  ],
  [
    'the page is not allowed',
    'localhost:8590',
    { fetch: told({ agent: 'segscope', protocol: 1, originAllowed: false }) },
    'agent-origin-refused',
  ],
  [
    'the agent is newer',
    'localhost:8590',
    { fetch: told({ agent: 'segscope', protocol: 2, originAllowed: true }) },
    'agent-other-version',
  ],
  ['everything else is fine', 'localhost:8590', {}, 'agent-code-refused'],
  ['the page was loaded over https', 'pi.local:8590', { origin: 'https://demo.example' }, 'agent-needs-http'],
  [
    'the local network was denied',
    'localhost:8590',
    { origin: 'https://demo.example', networkPermission: () => Promise.resolve('denied') },
    'agent-network-denied',
  ],
])('when %s, the sentence says so', async (_, address, changes, kind) => {
  const problem = await diagnoseAgent(address, page(changes));
  expect(problem.kind).toBe(kind);
  expect(describeProblem(problem).sentence).toContain(address);
});
