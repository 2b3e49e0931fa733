/** Names of saved files: content, model, backend, time. */

export interface FileNameParts {
  readonly modelId: string;
  readonly backend: string;
  readonly date: Date;
  /** The content of the file, for instance "report". */
  readonly kind: string;
}

/**
 * "segscope_segscope-mnv2-257_wasm_2026-11-22T13-45-00Z_report.png": only letters, digits, dot, hyphen and underscore,
 * which every file system accepts; the time is UTC.
 * @throws RangeError when the date is invalid
 */
export function screenshotFileName({ modelId, backend, date, kind }: FileNameParts): string {
  const time = date
    .toISOString()
    .replace(/\.\d+Z$/, 'Z')
    .replaceAll(':', '-');
  return `${['segscope', safe(modelId), safe(backend), time, safe(kind)].join('_')}.png`;
}

/** File systems limit the whole name to 255 bytes. */
const LONGEST_PART = 80;

function safe(part: string): string {
  const plain = part.replace(/[^A-Za-z0-9._-]+/g, '-').slice(0, LONGEST_PART);
  return plain.replace(/^[.-]+|[.-]+$/g, '') || 'unnamed';
}
