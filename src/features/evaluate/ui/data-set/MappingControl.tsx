/** What the values of the masks stand for: class indices, a known data set's numbers, or those of a file. */
import { MAPPING_WORDS, type MappingChoice } from './mapping-words.ts';
import { Choice } from '../../../../ui-kit/Choice.tsx';
import { useEvaluation } from '../evaluation-context.ts';
import { PickFiles } from '../PickFiles.tsx';
import styles from '../evaluate.module.css';

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
