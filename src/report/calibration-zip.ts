/** A calibration set as one zip: the pictures, a README with the commands, and the program that they name. */
import { strToU8, zipSync, type Zippable } from 'fflate';
import { calibrationReadme, type CalibrationFacts } from './calibration-readme.ts';
import { QUANTISE_SCRIPT } from './quantise-script.ts';

export interface CalibrationSet extends Omit<CalibrationFacts, 'pictures' | 'width' | 'height'> {
  /** At least one; all of one size and format. */
  readonly pictures: readonly { readonly blob: Blob; readonly width: number; readonly height: number }[];
}

/** PNG and JPEG are compressed already. */
const STORED = { level: 0 } as const;

export async function calibrationZip(set: CalibrationSet): Promise<Blob> {
  const [first] = set.pictures;
  const { width, height } = first ?? { width: 0, height: 0 };
  const files: Zippable = {
    'README.md': strToU8(calibrationReadme({ ...set, pictures: set.pictures.length, width, height })),
    'quantise.py': strToU8(QUANTISE_SCRIPT),
  };
  for (const [index, { blob }] of set.pictures.entries()) {
    const name = String(index + 1).padStart(4, '0');
    const ending = blob.type === 'image/jpeg' ? 'jpg' : 'png';
    files[`pictures/${name}.${ending}`] = [new Uint8Array(await blob.arrayBuffer()), STORED];
  }
  return new Blob([zipSync(files)], { type: 'application/zip' });
}
