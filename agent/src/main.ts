/** npm run agent: finds models and devices, serves pages and socket, and prints a summary. */
import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import packageJson from '../package.json' with { type: 'json' };
import { EngineProcess } from './engine/engine-process.ts';
import { findCoralStick } from './hardware/coral-stick.ts';
import { hostSources } from './hardware/host-telemetry.ts';
import { readModelLibrary } from './models/model-library.ts';
import { agentOptions, USAGE } from './options.ts';
import { startAgentServer } from './server/agent-server.ts';
import { ClientWork } from './server/client-work.ts';
import { accessRules, pairingToken } from './server/access.ts';
import { startUpReport } from './start-up-report.ts';

/** This file runs as agent/dist/main.js. */
const agentFolder = fileURLToPath(new URL('..', import.meta.url));
const modelsDir = process.env['MODELS_DIR'] ?? '';

async function start(): Promise<void> {
  const { port, lan, origins, cpuEngine, watchdogMs, help } = agentOptions(
    process.argv.slice(2),
    process.env,
  );
  if (help) {
    console.log(USAGE);
    return;
  }
  const token = await pairingToken(`${agentFolder}.token`);
  accessRules({ port, lan, origins, token });
  const library = await readModelLibrary([
    ...(modelsDir === '' ? [] : [modelsDir]),
    `${agentFolder}models`,
    `${agentFolder}../public/models/segscope-mnv2-257/tflite`,
  ]);
  const engine = new EngineProcess({
    program: fileURLToPath(new URL('child.js', import.meta.url)),
    execArgv: [],
    environment: { ...process.env, CPU_ENGINE: cpuEngine },
    log: (line) => console.error(`engine: ${line}`),
  });
  const parts = {
    version: packageJson.version,
    engine,
    library,
    cpuChoices: new Map(),
    findStick: () => findCoralStick(),
    watchdogMs,
  };
  try {
    const server = await startAgentServer({
      parts,
      gate: (actual) => accessRules({ port: actual, lan, origins, token }),
      port,
      address: lan ? '::' : '127.0.0.1',
      pages: process.env['PAGES_DIR'] ?? `${agentFolder}../dist`,
      telemetry: hostSources,
      telemetryEveryMs: 1_000,
    });
    const greeted = await new ClientWork(parts, 0).greet();
    console.log(startUpReport(greeted, { port: server.port, token, lan }));
    tellSystemd();
    for (const signal of ['SIGINT', 'SIGTERM'] as const) {
      process.once(signal, () => void server.close().then(() => process.exit()));
    }
  } catch (error) {
    engine.close();
    throw error;
  }
}

/** Node has no Unix datagram sockets, so systemd's own program notifies it (NotifyAccess=all). */
function tellSystemd(): void {
  if ((process.env['NOTIFY_SOCKET'] ?? '') === '') return;
  execFile('systemd-notify', ['--ready'], (error) => {
    if (error !== null) console.error(`systemd-notify: ${error.message}`);
  });
}

start().catch((error: unknown) => {
  const busy = error instanceof Error && 'code' in error && error.code === 'EADDRINUSE';
  console.error(
    busy
      ? 'The port is in use: stop the other agent, or choose another port with --port.'
      : error instanceof Error
        ? error.message
        : error,
  );
  process.exitCode = 1;
});
