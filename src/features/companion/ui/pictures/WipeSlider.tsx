/** The edge between the two pictures of a wipe: drawn over them, moved by pointer or arrow keys. */
import { Slider } from 'radix-ui';
import { formatShare } from '../../../../ui-kit/quantity.ts';
import { useCompanion, useCompanionState } from '../companion-context.ts';
import styles from '../pictures.module.css';

export function WipeSlider() {
  const session = useCompanion();
  const percent = useCompanionState((state) => Math.round(state.wipe01 * 100));
  return (
    <Slider.Root
      className={styles.wipe}
      min={0}
      max={100}
      step={1}
      value={[percent]}
      onValueChange={([next]) => {
        if (next !== undefined) session.setWipe(next / 100);
      }}
    >
      <Slider.Track className={styles.wipeTrack} />
      <Slider.Thumb
        className={styles.wipeThumb}
        aria-label="Edge between the browser's picture and the agent's"
        aria-valuetext={`${formatShare(percent / 100)} browser`}
      />
    </Slider.Root>
  );
}
