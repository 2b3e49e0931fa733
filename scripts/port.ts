/** The port that npm start serves on: --port, else PORT, else 4173. */
import { createServer } from 'node:net';
import { parseArgs } from 'node:util';

export const DEFAULT_PORT = 4173;

/** @throws Error with one sentence for an unknown option or an invalid port. */
export function chosenPort(args: readonly string[], portVariable: string | undefined): number {
  const { values } = parseArgs({ args: [...args], options: { port: { type: 'string' } } });
  const wanted = values.port ?? (portVariable === '' ? undefined : portVariable);
  if (wanted === undefined) return DEFAULT_PORT;
  const port = /^\d{1,5}$/.test(wanted) ? Number(wanted) : 0;
  if (port < 1 || port > 65_535) throw new Error(`"${wanted}" is not a port: choose 1 to 65535.`);
  return port;
}

/** Binds the port on localhost for a moment; one sentence if that fails, null if it is free. */
export async function portProblem(port: number): Promise<string | null> {
  return new Promise((resolve) => {
    const probe = createServer()
      .once('error', (error: NodeJS.ErrnoException) =>
        resolve(
          error.code === 'EADDRINUSE'
            ? `Port ${port} is in use: stop the program that has it, or choose another one with "npm start -- --port ${port === 65_535 ? 4174 : port + 1}".`
            : `Port ${port} cannot be opened (${error.code ?? error.message}): choose another one with --port.`,
        ),
      )
      .listen(port, 'localhost', () => {
        probe.close(() => resolve(null));
      });
  });
}
