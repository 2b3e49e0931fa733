/** Agreement without truth as files: JSON with everything, CSV with one row per point in time. */
import type { FlickerReading } from '../domain/labels/label-flicker.ts';
import { csv, type CsvColumn } from './csv.ts';

/** The figures of two configurations on one stream; shares are 0..1. */
export interface AgreementToExport {
  readonly firstName: string;
  readonly secondName: string;
  readonly sourceLabel: string;
  readonly frames: number;
  readonly seconds: number;
  readonly mean01: number;
  readonly median01: number;
  readonly lowest01: number;
  readonly last01: number;
  /** Thinned out evenly once it becomes long. */
  readonly history: readonly { readonly seconds: number; readonly agreement01: number }[];
  readonly firstFlicker: FlickerReading;
  readonly secondFlicker: FlickerReading;
  readonly swaps: readonly {
    readonly firstName: string;
    readonly secondName: string;
    readonly share01: number;
  }[];
}

export function agreementJson(reading: AgreementToExport, date: Date): string {
  const { firstName, secondName, sourceLabel, frames, seconds, history } = reading;
  const { mean01, median01, lowest01, last01, firstFlicker, secondFlicker } = reading;
  const file = {
    format: 'segscope-agreement',
    version: 1,
    exportedAt: date.toISOString(),
    first: firstName,
    second: secondName,
    source: sourceLabel,
    frames,
    seconds,
    agreement: { mean01, median01, lowest01, last01 },
    flicker: { first: firstFlicker, second: secondFlicker },
    swaps: reading.swaps.map((swap) => ({
      first: swap.firstName,
      second: swap.secondName,
      share01: swap.share01,
    })),
    history,
  };
  return `${JSON.stringify(file, null, 2)}\n`;
}

export function agreementCsv({ firstName, secondName, sourceLabel, history }: AgreementToExport): string {
  const columns: readonly CsvColumn<(typeof history)[number]>[] = [
    { name: 'first', value: () => firstName },
    { name: 'second', value: () => secondName },
    { name: 'source', value: () => sourceLabel },
    { name: 'seconds', value: ({ seconds }) => seconds },
    { name: 'agreement', value: ({ agreement01 }) => agreement01 },
  ];
  return csv(columns, history);
}
