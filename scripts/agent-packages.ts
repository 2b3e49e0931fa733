/** Installs the agent's own packages if they are missing: its tests, types and lint rules need them. */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const agent = fileURLToPath(new URL('../agent', import.meta.url));

/** Also the global set-up of the agent's tests. @throws Error with the command to run by hand */
export function setup(): void {
  // npm writes this file last.
  if (existsSync(`${agent}/node_modules/.package-lock.json`)) return;
  const npm = process.env['npm_execpath'];
  const args = ['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--prefix', agent];
  const { status } =
    npm === undefined
      ? spawnSync('npm', args, { stdio: 'inherit' })
      : spawnSync(process.execPath, [npm, ...args], { stdio: 'inherit' });
  if (status !== 0) {
    throw new Error('The agent has no packages: run "npm ci --ignore-scripts --prefix agent".');
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) setup();
