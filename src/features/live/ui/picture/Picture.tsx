/** The canvas with picture and overlay, as large as fits, mirrored by CSS alone, with the crosshair over it. */
import { useEffect, useState, type CSSProperties, type ReactNode } from 'react';
import { useSession, useView } from '../session-context.ts';
import { Probe } from './Probe.tsx';
import { useCanvasSize } from './use-canvas-size.ts';

interface PictureProps {
  /** False hides the canvas behind `children` until there is something on it. */
  readonly painted: boolean;
  readonly children?: ReactNode;
}

export function Picture({ painted, children }: PictureProps) {
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
        {painted && <Probe mirror={mirror} />}
      </div>
      {children}
    </div>
  );
}
