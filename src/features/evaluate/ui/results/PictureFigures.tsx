/** One picture of a result: overlay, truth, prediction and where it is wrong, side by side. */
import { useCallback } from 'react';
import type { PictureViews } from '../../evaluation-session.types.ts';
import { useEvaluation } from '../evaluation-context.ts';
import { BlobImage } from './BlobImage.tsx';
import { useAnswer } from './use-answer.ts';
import styles from '../evaluate.module.css';
import resultStyles from '../results.module.css';

const WHAT = 'picture';

export function PictureFigures({ resultId, name }: { readonly resultId: string; readonly name: string }) {
  const session = useEvaluation();
  const ask = useCallback(() => session.pictureViews(resultId, name), [session, resultId, name]);
  const answer = useAnswer(ask, WHAT);
  switch (answer.kind) {
    case 'waiting':
      return (
        <p className="quiet" role="status">
          Segmenting {name} again…
        </p>
      );
    case 'failed':
      return (
        <p role="alert">
          <strong>{answer.text.sentence}</strong> {answer.text.nextStep}
        </p>
      );
    case 'here':
      return <Figures views={answer.value} />;
  }
}

type Layer = 'picture' | 'prediction' | 'truth' | 'overlay' | 'error';
const FIGURES: readonly {
  readonly title: string;
  readonly over: boolean;
  readonly layer: Layer;
}[] = [
  { title: 'overlay', over: true, layer: 'overlay' },
  { title: 'truth', over: false, layer: 'truth' },
  { title: 'prediction', over: false, layer: 'prediction' },
  { title: 'error: red is wrong, grey is void', over: true, layer: 'error' },
];

function Figures({ views }: { readonly views: PictureViews }) {
  const { name, width, height } = views;
  return (
    <div className={resultStyles.pictureFigures} role="group" aria-label={`Picture ${name}`}>
      {FIGURES.map(({ title, over, layer }) => (
        <figure key={layer}>
          <div className={styles.layers} style={{ aspectRatio: `${width} / ${height}` }}>
            {over && <BlobImage blob={views.picture} alt="" />}
            <BlobImage blob={views[layer]} alt={`${title} of ${name}`} />
          </div>
          <figcaption>{title}</figcaption>
        </figure>
      ))}
    </div>
  );
}
