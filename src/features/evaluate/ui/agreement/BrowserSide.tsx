/** Model, backend, size and upsampling of a configuration in this browser. */
import type { BrowserSetup } from '../../../../domain/setup.ts';
import type { ModelListing } from '../../../../app/session-store.ts';
import { BACKENDS } from '../../../../domain/backend.ts';
import { UPSAMPLINGS } from '../../../../domain/labels/axis-weights.ts';
import { Choice } from '../../../../ui-kit/Choice.tsx';
import { UPSAMPLING_NOTES, UPSAMPLING_WORDS } from '../evaluation-words.ts';
import styles from '../evaluate.module.css';

interface BrowserSideProps {
  readonly side: BrowserSetup;
  /** Only those that are on this server. */
  readonly models: readonly ModelListing[];
  readonly disabled: boolean;
  readonly onChange: (side: BrowserSetup) => void;
}

export function BrowserSide({ side, models, disabled, onChange }: BrowserSideProps) {
  const model = models.find((one) => one.id === side.modelId);
  const sizes = model?.inputSizes ?? [side.inputSize];
  return (
    <>
      <Choice
        label="Model"
        className="field-model"
        groups={[
          {
            heading: null,
            options: models.map(({ id: value, name, summary }) => ({ value, label: name, notes: [summary] })),
          },
        ]}
        value={side.modelId}
        shown={model?.name ?? side.modelId}
        disabled={disabled}
        onChoose={(modelId) => {
          const next = models.find((one) => one.id === modelId)?.inputSizes ?? [];
          const inputSize = next.includes(side.inputSize) ? side.inputSize : (next[0] ?? side.inputSize);
          onChange({ ...side, modelId, inputSize });
        }}
      />
      <Choice
        label="Backend"
        className="field-backend"
        groups={[{ heading: null, options: BACKENDS.map((value) => ({ value, label: value })) }]}
        value={side.place.backend}
        disabled={disabled}
        onChoose={(value) => {
          const backend = BACKENDS.find((one) => one === value);
          if (backend !== undefined) onChange({ ...side, place: { ...side.place, backend } });
        }}
      />
      <Choice
        label="Size"
        className="field-size"
        groups={[
          {
            heading: null,
            options: sizes.map((size) => ({ value: String(size), label: `${size} px` })),
          },
        ]}
        value={String(side.inputSize)}
        disabled={disabled}
        onChoose={(value) => onChange({ ...side, inputSize: Number(value) })}
      />
      <Choice
        label="Upsampling"
        className={styles.fieldUpsampling}
        groups={[
          {
            heading: null,
            options: UPSAMPLINGS.map((value) => ({
              value,
              label: UPSAMPLING_WORDS[value],
              notes: [UPSAMPLING_NOTES[value]],
            })),
          },
        ]}
        value={side.upsampling}
        disabled={disabled}
        onChoose={(value) => {
          const upsampling = UPSAMPLINGS.find((one) => one === value);
          if (upsampling !== undefined) onChange({ ...side, upsampling });
        }}
      />
    </>
  );
}
