/** How frames reach the two sides and how their pictures are laid out. */
import { CODEC_WORDS, FRAME_CODECS, jpegQuality01 } from '../../../domain/frame-codec.ts';
import { Choice, type ChoiceOption } from '../../../ui-kit/Choice.tsx';
import { CODEC_NOTES } from '../../agents/ui/agent-words.ts';
import type { CompanionLayout, Pacing, Payload } from '../companion-store.ts';
import { useCompanion, useCompanionState } from './companion-context.ts';
import { PACING_NOTES, PACING_WORDS } from './companion-words.ts';
import styles from './companion.module.css';

const PACINGS: readonly Pacing[] = ['locked', 'free'];

const PAYLOADS: readonly (ChoiceOption & { readonly payload: Payload })[] = FRAME_CODECS.map((codec) => {
  const quality01 = jpegQuality01(codec);
  return {
    value: codec,
    label: CODEC_WORDS[codec],
    notes: [CODEC_NOTES[codec]],
    payload: quality01 === null ? { codec: 'rgb8' } : { codec: 'jpeg', quality01 },
  };
});

const LAYOUTS: readonly (ChoiceOption & { readonly layout: CompanionLayout })[] = [
  { value: 'side-by-side', label: 'side by side', layout: 'side-by-side' },
  { value: 'wipe', label: 'wipe', notes: ['one over the other, with a movable edge'], layout: 'wipe' },
];

const keyOf = (payload: Payload) =>
  FRAME_CODECS.find(
    (codec) => jpegQuality01(codec) === (payload.codec === 'rgb8' ? null : payload.quality01),
  );

export function ComparisonControls() {
  const session = useCompanion();
  const pacing = useCompanionState((state) => state.pacing);
  const payload = useCompanionState((state) => state.payload);
  const layout = useCompanionState((state) => state.layout);
  const locked = pacing === 'locked';
  return (
    <>
      <Choice
        label="Frames"
        className={styles.fieldPacing}
        groups={[
          {
            heading: null,
            options: PACINGS.map((value) => ({
              value,
              label: PACING_WORDS[value],
              notes: [PACING_NOTES[value]],
            })),
          },
        ]}
        value={pacing}
        onChoose={(next) => {
          const chosen = PACINGS.find((candidate) => candidate === next);
          if (chosen !== undefined) session.setPacing(chosen);
        }}
      />
      <Choice
        label="Payload"
        className={styles.fieldPayload}
        groups={[{ heading: null, options: PAYLOADS.map((option) => payloadOption(option, locked)) }]}
        value={locked ? 'rgb8' : (keyOf(payload) ?? '')}
        onChoose={(next) => {
          const chosen = PAYLOADS.find(({ value }) => value === next);
          if (chosen !== undefined) session.setPayload(chosen.payload);
        }}
      />
      <Choice
        label="Pictures"
        className={styles.fieldLayout}
        groups={[{ heading: null, options: LAYOUTS }]}
        value={layout}
        onChoose={(next) => {
          const chosen = LAYOUTS.find(({ value }) => value === next);
          if (chosen !== undefined) session.setLayout(chosen.layout);
        }}
      />
    </>
  );
}

function payloadOption({ value, label, notes = [] }: ChoiceOption, locked: boolean): ChoiceOption {
  const unavailable = locked && value !== 'rgb8';
  return {
    value,
    label,
    notes: unavailable
      ? [...notes, 'Locked frames are always raw, so that both sides see the same bytes.']
      : notes,
    unavailable,
  };
}
