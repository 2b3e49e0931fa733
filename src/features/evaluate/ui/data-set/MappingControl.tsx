/** What the values of the masks stand for: class indices, a known data set's numbers, or those of a file. */
import { Choice } from '../../../../ui-kit/Choice.tsx';
import type { MappingPreset } from '../../evaluation-session.types.ts';
import { PickFiles } from '../PickFiles.tsx';
import { useEvaluation } from '../evaluation-context.ts';
import styles from '../evaluate.module.css';

type MappingChoice = MappingPreset | 'none';

/** Built-in mappings of mask values. */
const MAPPING_WORDS: Readonly<
  Record<MappingChoice, { readonly label: string; readonly notes: readonly string[] }>
> = {
  none: { label: 'class indices', notes: ['0 is the first class, 255 is void; as in VOC'] },
  'cityscapes-label-ids': {
    label: 'Cityscapes label ids',
    notes: ['..._labelIds.png: mapped to the 19 train ids, the rest is void'],
  },
  ade20k: { label: 'ADE20K', notes: ['0, "other", is void; 1 to 150 are the classes'] },
};

interface MappingControlProps {
  /** Name of the mapping in force; null: none. */
  readonly mapping: string | null;
  readonly disabled: boolean;
}

const CHOICES = Object.keys(MAPPING_WORDS) as readonly MappingChoice[];

export function MappingControl({ mapping, disabled }: MappingControlProps) {
  const session = useEvaluation();
  const known = CHOICES.find((choice) => choice === (mapping ?? 'none'));
  return (
    <>
      <Choice
        label="Mask values"
        className={styles.fieldMapping}
        groups={[
          {
            heading: null,
            options: CHOICES.map((value) => ({ value, ...MAPPING_WORDS[value] })),
          },
        ]}
        value={known ?? ''}
        shown={known === undefined ? (mapping ?? '') : MAPPING_WORDS[known].label}
        disabled={disabled}
        onChoose={(value) => {
          const preset = CHOICES.find((choice) => choice === value);
          session.chooseMapping(preset === undefined || preset === 'none' ? null : preset);
        }}
      />
      <PickFiles
        words="Mapping file…"
        label="Mapping of mask values, JSON"
        accept=".json,application/json"
        disabled={disabled}
        onPick={([file]) => {
          if (file !== undefined) session.chooseMapping(file);
        }}
      />
    </>
  );
}
