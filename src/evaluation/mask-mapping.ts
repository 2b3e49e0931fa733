/** Maps the numbers in label images to classes: mapping files, and presets for Cityscapes and ADE20K. */
import { VOID_LABEL } from '../domain/labels/label-map.ts';
import { ProblemError } from '../domain/problems/problem.ts';

/** Mappings that need no file: Cityscapes label ids to train ids; ADE20K's 0 ("other") to void. */
export const MAPPING_PRESETS = ['cityscapes-label-ids', 'ade20k'] as const;
export type MappingPreset = (typeof MAPPING_PRESETS)[number];

export interface MaskMapping {
  /** File or preset, as written into reports. */
  readonly name: string;
  /** Number in the file (0..65,535) to class index (0..254) or 255; missing numbers are refused. */
  readonly classOf: ReadonlyMap<number, number>;
}

/** Label ids of the 19 train ids, in their order (cityscapesScripts, helpers/labels.py); all others are void. */
const CITYSCAPES_IDS = [7, 8, 11, 12, 13, 17, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 31, 32, 33];
const CITYSCAPES_LABELS = 34;
const ADE20K_CLASSES = 150;

export function presetMapping(preset: MappingPreset): MaskMapping {
  switch (preset) {
    case 'cityscapes-label-ids': {
      const classOf = new Map<number, number>([[VOID_LABEL, VOID_LABEL]]);
      for (let id = 0; id < CITYSCAPES_LABELS; id++) {
        const index = CITYSCAPES_IDS.indexOf(id);
        classOf.set(id, index === -1 ? VOID_LABEL : index);
      }
      return { name: 'Cityscapes label ids', classOf };
    }
    case 'ade20k': {
      const classOf = new Map<number, number>([[0, VOID_LABEL]]);
      for (let index = 1; index <= ADE20K_CLASSES; index++) classOf.set(index, index);
      return { name: 'ADE20K', classOf };
    }
  }
}

/**
 * @param text JSON of one object: {"mask value": class index or 255}
 * @throws ProblemError mapping-invalid, naming the entry
 */
export function parseMapping(text: string, fileName: string): MaskMapping {
  const invalid = (detail: string) => new ProblemError({ kind: 'mapping-invalid', fileName, detail });
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    throw invalid('it is not JSON');
  }
  if (typeof json !== 'object' || json === null || Array.isArray(json)) throw invalid('it is not one object');
  const entries = Object.entries(json);
  if (entries.length === 0) throw invalid('it maps nothing');
  const classOf = entries.map(([key, index]: [string, unknown]) => {
    const value = Number(key);
    if (!/^\d+$/.test(key) || value > 0xffff) throw invalid(`"${key}" is not a mask value from 0 to 65535`);
    if (typeof index !== 'number' || !Number.isInteger(index) || index < 0 || index > VOID_LABEL) {
      throw invalid(`"${key}": ${JSON.stringify(index)} is not a class index from 0 to 255`);
    }
    return [value, index] as const;
  });
  return { name: fileName, classOf: new Map(classOf) };
}
