/** Display settings: opacity, outlines, background, mirror, freeze. */
import { Slider, Switch } from 'radix-ui';
import { useId } from 'react';
import { formatShare } from '../../../../domain/quantity.ts';
import { useSession, useSessionState, useView } from '../session-context.ts';
import styles from '../live.module.css';

export function ViewControls() {
  const session = useSession();
  const { opacity01, outlines, background, mirror } = useView((view) => view);
  const frozen = useSessionState((state) => state.pause === 'frozen');
  return (
    <div className={styles.viewControls} role="group" aria-label="Display">
      <div className={styles.opacity}>
        <span aria-hidden="true">Opacity</span>
        <Slider.Root
          className="slider"
          min={0}
          max={100}
          step={1}
          value={[Math.round(opacity01 * 100)]}
          onValueChange={([percent]) => {
            if (percent !== undefined) session.setView({ opacity01: percent / 100 });
          }}
        >
          <Slider.Track className="slider-track">
            <Slider.Range className="slider-range" />
          </Slider.Track>
          <Slider.Thumb
            className="slider-thumb"
            aria-label="Opacity of the class colours"
            aria-valuetext={formatShare(opacity01)}
          />
        </Slider.Root>
        <output className={styles.opacityValue}>{formatShare(Math.round(opacity01 * 100) / 100)}</output>
      </div>
      <Toggle label="Outlines" checked={outlines} onChange={(next) => session.setView({ outlines: next })} />
      <Toggle
        label="Background"
        checked={background}
        onChange={(next) => session.setView({ background: next })}
      />
      <Toggle label="Mirror" checked={mirror} onChange={(next) => session.setView({ mirror: next })} />
      <button type="button" className={styles.buttonFreeze} onClick={() => session.setFrozen(!frozen)}>
        {frozen ? 'Resume' : 'Freeze'}
      </button>
    </div>
  );
}

interface ToggleProps {
  readonly label: string;
  readonly checked: boolean;
  readonly onChange: (checked: boolean) => void;
}

function Toggle({ label, checked, onChange }: ToggleProps) {
  const id = useId();
  return (
    <div className="toggle">
      <Switch.Root id={id} className="switch" checked={checked} onCheckedChange={onChange}>
        <Switch.Thumb className="switch-thumb" />
      </Switch.Root>
      <label htmlFor={id}>{label}</label>
    </div>
  );
}
