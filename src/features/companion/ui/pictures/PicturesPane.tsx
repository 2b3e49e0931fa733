/** The same frame twice, side by side or as a wipe, with the agreement of the two below. */
import { Slider } from 'radix-ui';
import { useEffect, useState, type CSSProperties } from 'react';
import { classNames } from '../../../../ui-kit/class-names.ts';
import { formatShare } from '../../../../domain/quantity.ts';
import { useCanvasSize } from '../../../../ui-kit/use-canvas-size.ts';
import { ViewControls } from '../../../live/ui/picture/ViewControls.tsx';
import { useView } from '../../../live/ui/session-context.ts';
import { useCompanion, useCompanionState } from '../companion-context.ts';
import { AgreementPart } from './AgreementPart.tsx';
import { AgentPicture, BrowserPicture } from './SidePictures.tsx';
import styles from '../pictures.module.css';

export function PicturesPane() {
  const session = useCompanion();
  const layout = useCompanionState((state) => state.layout);
  const wipe01 = useCompanionState((state) => state.wipe01);
  const mirror = useView((view) => view.mirror);
  const [browser, setBrowser] = useState<HTMLCanvasElement | null>(null);
  const [agent, setAgent] = useState<HTMLCanvasElement | null>(null);
  const [agreement, setAgreement] = useState<HTMLCanvasElement | null>(null);
  const size = useCanvasSize(browser);

  useEffect(
    () => session.attachCanvases({ browser, agent, agreement }),
    [session, browser, agent, agreement],
  );
  useEffect(() => () => session.attachCanvases({ browser: null, agent: null, agreement: null }), [session]);

  const measures = {
    '--picture-width': size?.width ?? 4,
    '--picture-height': size?.height ?? 3,
    '--wipe': `${wipe01 * 100}%`,
  } as CSSProperties;
  const canvasClass = mirror ? 'picture mirrored' : 'picture';
  return (
    <section
      className={classNames('picture-pane', styles.companionPictures)}
      aria-label="Pictures"
      style={measures}
      tabIndex={0}
    >
      <div className={classNames(styles.twin, layout === 'wipe' ? styles.twinWipe : styles.twinSideBySide)}>
        <BrowserPicture attach={setBrowser} canvasClass={canvasClass} mirror={mirror} />
        <AgentPicture attach={setAgent} canvasClass={canvasClass} mirror={mirror} />
        {layout === 'wipe' && <WipeSlider />}
      </div>
      <ViewControls />
      <AgreementPart attach={setAgreement} canvasClass={canvasClass} />
    </section>
  );
}

/** The edge between the two pictures of a wipe: drawn over them, moved by pointer or arrow keys. */
function WipeSlider() {
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
