/** The picture, what stands in its place before the first frame, and the controls below it. */
import { useState } from 'react';
import { useTiming } from '../session-context.ts';
import { Legend } from './Legend.tsx';
import { Picture } from './Picture.tsx';
import { PictureCover } from './PictureCover.tsx';
import { ViewControls } from './ViewControls.tsx';
import { pictureBadge, pictureState } from './picture-state.ts';
import { usePictureFacts } from './use-picture-facts.ts';

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

/** True from the first painted frame on: a window that starts anew must not take the picture away. */
function usePaintedOnce(): boolean {
  const now = useTiming((state) => state.snapshot !== null);
  const [once, setOnce] = useState(false);
  if (now && !once) setOnce(true);
  return once || now;
}
