/** A whole agent in a separate process, observed through /proc. */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { setTimeout } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

const LOOKS = 20;
const LOOK_EVERY_MS = 25;

export interface RunningAgent {
  readonly agent: ChildProcess;
  readonly port: number;
  readonly token: string;
}

/** @param program the bundled main.js */
export async function startAgent(program: URL): Promise<RunningAgent> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const { port } = probe.address() as AddressInfo;
  probe.close();
  const agent = spawn(process.execPath, [fileURLToPath(program), '--port', String(port)], {
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  let said = '';
  for await (const part of agent.stdout) {
    said += String(part);
    const token = /#token=(\w+)/.exec(said)?.[1];
    if (token !== undefined && said.includes('Ctrl+C')) return { agent, port, token };
  }
  throw new Error(`The agent did not start: ${said}`);
}

/** The engine is the agent's only child. */
export function enginePid({ agent }: RunningAgent): number {
  const pid = String(agent.pid);
  return Number(readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim().split(' ')[0]);
}

/** Bytes in memory. */
export function resident(pid: number): number {
  return Number(/^VmRSS:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) * 1024;
}

export interface Descriptors {
  readonly server: number;
  readonly engine: number;
}

/** Those that stay open: telemetry opens files once a second, and the last socket takes a moment to close. */
export async function descriptors(running: RunningAgent): Promise<Descriptors> {
  const count = (pid: number | undefined) => readdirSync(`/proc/${String(pid)}/fd`).length;
  const least = { server: Infinity, engine: Infinity };
  for (let look = 0; look < LOOKS; look++) {
    least.server = Math.min(least.server, count(running.agent.pid));
    least.engine = Math.min(least.engine, count(enginePid(running)));
    await setTimeout(LOOK_EVERY_MS);
  }
  return least;
}
