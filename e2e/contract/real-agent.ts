/** The real agent as its own process, with its native library and the embedded model, for contract tests and the bench. */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { setup as installPackages } from '../../scripts/agent-packages.ts';

const FOLDER = fileURLToPath(new URL('../../agent', import.meta.url));
const START_TIMEOUT_MS = 60_000;

export interface RealAgent {
  /** "localhost:PORT" */
  readonly address: string;
  readonly code: string;
  /** The process that owns the native library; null while it is not running. */
  enginePid(): Promise<number | null>;
  /** Ends it; may be called twice. */
  stop(): Promise<void>;
}

export interface RealAgentOptions {
  /** Folder of the pages that it serves. */
  readonly pages: string;
  readonly port: number;
  /** One more folder of .tflite files; null: the embedded model only. */
  readonly models: string | null;
}

/** Installs its packages where they are missing, and bundles it; once before the first start. */
export async function buildRealAgent(): Promise<void> {
  installPackages();
  const build = spawn(process.execPath, ['build.js'], { cwd: FOLDER, stdio: 'inherit' });
  const [code] = (await once(build, 'exit')) as [number | null];
  if (code !== 0) throw new Error('The agent could not be bundled.');
}

export async function startRealAgent({ pages, port, models }: RealAgentOptions): Promise<RealAgent> {
  const agent = spawn(process.execPath, ['dist/main.js', '--port', String(port)], {
    cwd: FOLDER,
    env: { ...process.env, PAGES_DIR: pages, MODELS_DIR: models ?? '' },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const code = await printedCode(agent);
  return {
    address: `localhost:${String(port)}`,
    code,
    async enginePid() {
      const pid = String(agent.pid);
      const children = await readFile(`/proc/${pid}/task/${pid}/children`, 'utf8');
      const first = Number(children.trim().split(' ')[0]);
      return first > 0 ? first : null;
    },
    async stop() {
      if (agent.exitCode !== null || agent.signalCode !== null) return;
      const gone = once(agent, 'exit');
      agent.kill('SIGTERM');
      await gone;
    },
  };
}

/** A port that nobody listens on now. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

async function printedCode(agent: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let said = '';
    const timer = setTimeout(() => {
      reject(new Error(`The agent did not start: ${said}`));
    }, START_TIMEOUT_MS);
    agent.stdout?.on('data', (data: Buffer) => {
      said += data.toString();
      const code = /#token=(\S+)/.exec(said)?.[1];
      if (code === undefined) return;
      clearTimeout(timer);
      resolve(code);
    });
    agent.once('exit', () => {
      clearTimeout(timer);
      reject(new Error(`The agent ended: ${said}`));
    });
  });
}
