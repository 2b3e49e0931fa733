/** The picture, its cover before the first frame, and the controls below it. */
import { useEffect, useState, type CSSProperties, type ReactNode } from 'react';
import { Probe } from '../../../../ui-kit/Probe.tsx';
import { useCanvasSize } from '../../../../ui-kit/use-canvas-size.ts';
import { useSession, useTiming, useView } from '../session-context.ts';
import { Legend } from './Legend.tsx';
import { PictureCover, usePictureFacts } from './PictureCover.tsx';
import { ViewControls } from './ViewControls.tsx';
import { pictureBadge, pictureState } from './picture-state.ts';

export function PicturePane() {
  const facts = usePictureFacts();
  const painted = usePaintedOnce();
  const badge = painted ? pictureBadge(facts) : null;
  return (
    <section className="picture-pane" aria-label="Picture">
      <Picture painted={painted}>
        <PictureCover state={pictureState(painted, facts)} />
        <p className="badge" role="status">
          {badge}
        </p>
      </Picture>
      <ViewControls />
      <Legend />
    </section>
  );
}

/** True from the first painted frame on: a restarted timing window must not hide the picture. */
function usePaintedOnce(): boolean {
  const now = useTiming((state) => state.snapshot !== null);
  const [once, setOnce] = useState(false);
  if (now && !once) setOnce(true);
  return once || now;
}

interface PictureProps {
  /** False hides the canvas until something is on it. */
  readonly painted: boolean;
  readonly children?: ReactNode;
}

/** The canvas, as large as fits, mirrored by CSS alone. */
function Picture({ painted, children }: PictureProps) {
  const session = useSession();
  const mirror = useView((view) => view.mirror);
  const [canvas, setCanvas] = useState<HTMLCanvasElement | null>(null);
  const size = useCanvasSize(canvas);

  useEffect(() => {
    if (canvas === null) return;
    session.attachCanvas(canvas);
    return () => session.attachCanvas(null);
  }, [session, canvas]);

  const ratio = {
    '--picture-width': size?.width ?? 4,
    '--picture-height': size?.height ?? 3,
  } as CSSProperties;
  return (
    <div className="stage" style={ratio}>
      <div className="picture-box" hidden={!painted}>
        <canvas ref={setCanvas} className={mirror ? 'picture mirrored' : 'picture'} />
        {painted && <LiveProbe picture="Segmented picture" mirror={mirror} />}
      </div>
      {children}
    </div>
  );
}

interface LiveProbeProps {
  readonly picture: string;
  readonly mirror: boolean;
}

/** The crosshair over the labels that this browser computed. */
export function LiveProbe({ picture, mirror }: LiveProbeProps) {
  const session = useSession();
  // Renders a few times a second, so that a resting pointer never shows an old class.
  useTiming((state) => state);
  return <Probe picture={picture} mirror={mirror} classAt={(x01, y01) => session.classAt(x01, y01)} />;
}
