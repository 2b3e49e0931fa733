/** The SHA-256 of every model file, as sha256sum writes and checks it. */
import type { RunRecord } from '../domain/measuring/run.ts';
import { modelFiles } from './condition-tables.ts';

/** `sha256sum -c` checks them in a folder that holds one folder per model id; read as bytes ("*"). */
export function checksumFile(runs: readonly RunRecord[]): string {
  return modelFiles(runs)
    .map(({ modelId, path, sha256 }) => checksumLine(sha256, `${modelId}/${path}`))
    .join('');
}

/** A name with a line break or backslash is escaped and the line begins with a backslash (GNU coreutils manual). */
function checksumLine(sha256: string, name: string): string {
  const escaped = name.replaceAll('\\', '\\\\').replaceAll('\n', '\\n').replaceAll('\r', '\\r');
  return `${escaped === name ? '' : '\\'}${sha256} *${escaped}\n`;
}
