/** A progress line on a terminal; in a log file, one line per step. */
import { megabytes } from './report-text.ts';

const WIDTH = 24;

/** Shortest time between two updates, ms. */
const REDRAW_MS = 100;

export interface Output {
  write(text: string): unknown;
  readonly isTTY?: boolean;
}

export class ProgressLine {
  private readonly output: Output;
  private readonly clock: () => number;
  private title = '';
  private drawnMs = -Infinity;
  private open = false;

  constructor(output: Output, clock: () => number) {
    this.output = output;
    this.clock = clock;
  }

  /** @param totalBytes null while unknown */
  bytes(title: string, received: number, totalBytes: number | null): void {
    if (totalBytes === null) this.show(title, null, megabytes(received));
    else this.show(title, received / totalBytes, `${megabytes(received)} of ${megabytes(totalBytes)}`);
  }

  /** @param done01 null if unknown */
  show(title: string, done01: number | null, detail = ''): void {
    const begins = title !== this.title;
    this.title = title;
    if (this.output.isTTY !== true) {
      if (begins) this.output.write(`${title} ...\n`);
      return;
    }
    if (!begins && done01 !== 1 && this.clock() - this.drawnMs < REDRAW_MS) return;
    if (begins && this.open) this.output.write('\n');
    this.drawnMs = this.clock();
    this.open = true;
    this.output.write(`\r\u001b[2K${title} ${done01 === null ? '' : `${bar(done01)} `}${detail}`);
  }

  /** Ends the line, so that other text can follow. */
  end(): void {
    if (this.open) this.output.write('\n');
    this.open = false;
    this.title = '';
  }
}

function bar(done01: number): string {
  const full = Math.round(Math.min(1, Math.max(0, done01)) * WIDTH);
  return `[${'#'.repeat(full)}${'.'.repeat(WIDTH - full)}] ${String(Math.floor(done01 * 100)).padStart(3)} %`;
}
