/** The agent's command line and environment. */
import { parseArgs } from 'node:util';
import { CPU_ENGINES, cpuEngineOf, type CpuEngine } from './engine/cpu-engines.ts';
import { DEFAULT_AGENT_PORT, WATCHDOG_MS } from '../../src/protocol/limits.ts';

export interface AgentOptions {
  readonly port: number;
  /** True binds every network interface instead of this machine's own. */
  readonly lan: boolean;
  readonly origins: readonly string[];
  readonly cpuEngine: CpuEngine;
  /** An inference that takes longer ends the engine, ms. */
  readonly watchdogMs: number;
  readonly help: boolean;
}

const LONGEST_WATCHDOG_S = 600;

export const USAGE = `npm run agent -- [options]

  --port N        port of pages and socket (default ${DEFAULT_AGENT_PORT}, or PORT)
  --origin URL    a page from elsewhere that may connect, such as http://laptop.local:4173; repeatable
  --lan           accept connections from the network, not only from this machine; needs at least one --origin
  --cpu-engine E  engine for networks on the CPU: tflite, litert, or auto, which chooses the faster one (default)
  --watchdog S    seconds after which an inference counts as hung and the engine restarts
                  (default ${WATCHDOG_MS / 1000}, 1 to ${LONGEST_WATCHDOG_S}; or WATCHDOG): raise it for large networks on slow machines
  --help          this text

Environment: MODELS_DIR (another folder of .tflite files), TFLITE_LIB (libtensorflowlite_c.so),
EDGETPU_LIB (libedgetpu.so.1), PAGES_DIR (the built pages).`;

/** @throws Error with one sentence */
export function agentOptions(
  args: readonly string[],
  environment: Readonly<Record<string, string | undefined>>,
): AgentOptions {
  const { values } = parseArgs({
    args: [...args],
    options: {
      port: { type: 'string' },
      lan: { type: 'boolean', default: false },
      origin: { type: 'string', multiple: true, default: [] },
      'cpu-engine': { type: 'string', default: environment['CPU_ENGINE'] ?? '' },
      watchdog: { type: 'string', default: environment['WATCHDOG'] ?? '' },
      help: { type: 'boolean', default: false },
    },
  });
  const wanted = values.port ?? (environment['PORT'] === '' ? undefined : environment['PORT']);
  const port = wanted === undefined ? DEFAULT_AGENT_PORT : /^\d{1,5}$/.test(wanted) ? Number(wanted) : 0;
  if (port < 1 || port > 65_535) throw new Error(`"${wanted ?? ''}" is not a port: choose 1 to 65535.`);
  if (values.lan && values.origin.length === 0) {
    throw new Error(
      '--lan needs --origin: name each page that may connect, such as --origin http://laptop.local:4173',
    );
  }
  const named = values['cpu-engine'];
  if (named !== '' && !CPU_ENGINES.some((engine) => engine === named)) {
    throw new Error(`"${named}" is not an engine: choose one of ${CPU_ENGINES.join(', ')}.`);
  }
  return {
    cpuEngine: cpuEngineOf(named),
    watchdogMs: watchdogOf(values.watchdog),
    port,
    lan: values.lan,
    origins: values.origin,
    help: values.help,
  };
}

function watchdogOf(word: string): number {
  if (word === '') return WATCHDOG_MS;
  const seconds = /^\d{1,3}$/.test(word) ? Number(word) : 0;
  if (seconds < 1 || seconds > LONGEST_WATCHDOG_S) {
    throw new Error(`"${word}" is not a watchdog time: choose 1 to ${LONGEST_WATCHDOG_S} whole seconds.`);
  }
  return seconds * 1000;
}
