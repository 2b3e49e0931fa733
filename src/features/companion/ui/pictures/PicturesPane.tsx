/** The same frame twice, side by side or as a wipe, with the agreement of the two below. */
import { useEffect, useState, type CSSProperties } from 'react';
import { ViewControls } from '../../../live/ui/picture/ViewControls.tsx';
import { useCanvasSize } from '../../../../ui-kit/use-canvas-size.ts';
import { useView } from '../../../live/ui/session-context.ts';
import { useCompanion, useCompanionState } from '../companion-context.ts';
import { AgreementPart } from './AgreementPart.tsx';
import { AgentPicture } from './AgentPicture.tsx';
import { BrowserPicture } from './BrowserPicture.tsx';
import { WipeSlider } from './WipeSlider.tsx';
import { classNames } from '../../../../ui-kit/class-names.ts';
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
