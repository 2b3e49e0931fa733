/** Compiles the test double of libedgetpu with the system's C compiler, into a temporary folder. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export function hasCompiler(): boolean {
  return spawnSync('cc', ['--version']).status === 0;
}

/**
 * @param agent the agent's folder, with a slash at its end
 * @returns path of the library
 * @throws Error with the compiler's words
 */
export function compileDouble(agent: string): string {
  const library = join(mkdtempSync(join(tmpdir(), 'edgetpu-')), 'libedgetpu-double.so');
  const include = `${agent}node_modules/tfjs-tflite-node/cc_deps/include`;
  const source = `${agent}src/testing/edgetpu-double.c`;
  const flags = ['-Wall', '-Wextra', '-Werror', '-shared', '-fPIC', '-O1', '-I', include];
  const { status, stderr, error } = spawnSync('cc', [...flags, source, '-o', library], { encoding: 'utf8' });
  if (status !== 0) throw error ?? new Error(stderr);
  return library;
}
