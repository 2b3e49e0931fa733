/** The mappings of mask values that need no file, in words. */
import type { MappingPreset } from '../../evaluation-session.types.ts';

export type MappingChoice = MappingPreset | 'none';

export const MAPPING_WORDS: Readonly<
  Record<MappingChoice, { readonly label: string; readonly notes: readonly string[] }>
> = {
  none: { label: 'class indices', notes: ['0 is the first class, 255 is void; as VOC has it'] },
  'cityscapes-label-ids': {
    label: 'Cityscapes label ids',
    notes: ['..._labelIds.png: mapped to the 19 train ids, the rest is void'],
  },
  ade20k: { label: 'ADE20K', notes: ['0, "other", is void; 1 to 150 are the classes'] },
};
