/** The browser's half: its picture, what stands in its place before the first frame, and which configuration it is. */
import { PictureCover, usePictureFacts } from '../../../live/ui/picture/PictureCover.tsx';
import { LiveProbe } from '../../../live/ui/picture/PicturePane.tsx';
import { pictureBadge, pictureState } from '../../../live/ui/picture/picture-state.ts';
import { useCompanionTiming } from '../companion-context.ts';
import { browserCaption } from '../companion-words.ts';
import { slowWords } from './agent-picture-state.ts';
import type { PictureProps } from './picture-props.ts';
import { medianFrameMs, useOnce } from './use-once.ts';
import styles from '../pictures.module.css';

export function BrowserPicture({ attach, canvasClass, mirror }: PictureProps) {
  const facts = usePictureFacts();
  const painted = useOnce(
    useCompanionTiming((state) => state.browser !== null),
    'browser',
  );
  const slow = useCompanionTiming((state) => slowWords(medianFrameMs(state.browser)));
  return (
    <figure className={styles.side}>
      <div className={styles.sideBox}>
        <div className="picture-box" hidden={!painted}>
          <canvas ref={attach} className={canvasClass} />
          {painted && <LiveProbe mirror={mirror} picture="Browser's picture" />}
        </div>
        <PictureCover state={pictureState(painted, facts)} />
        <p className="badge" role="status">
          {painted ? (pictureBadge(facts) ?? slow) : null}
        </p>
      </div>
      <figcaption>
        <strong>Browser</strong>{' '}
        <span className="quiet">
          {facts.engine.kind === 'running' ? browserCaption(facts.engine.description) : 'no model is running'}
        </span>
      </figcaption>
    </figure>
  );
}
