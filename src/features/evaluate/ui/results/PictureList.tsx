/** Names of pictures with a figure each; clicking one shows the picture. */
import type { ProblemText } from '../../../../domain/problems/problem.ts';
import type { Answer } from './use-answer.ts';
import styles from '../results.module.css';

export interface ListedPicture {
  readonly name: string;
  readonly figure: string;
}

interface PictureListProps {
  readonly title: string;
  readonly answer: Answer<readonly ListedPicture[]>;
  /** Shown in place of an empty list. */
  readonly none: string;
  readonly shown: string | null;
  readonly onShow: (name: string) => void;
}

export function PictureList({ title, answer, none, shown, onShow }: PictureListProps) {
  return (
    <div className={styles.pictureList}>
      <h4>{title}</h4>
      {answer.kind === 'waiting' && <p className="quiet">Loading…</p>}
      {answer.kind === 'failed' && <Failed text={answer.text} />}
      {answer.kind === 'here' && answer.value.length === 0 && <p className="quiet">{none}</p>}
      {answer.kind === 'here' && answer.value.length > 0 && (
        <ol>
          {answer.value.map(({ name, figure }) => (
            <li key={name}>
              <button
                type="button"
                className={styles.pictureName}
                aria-pressed={name === shown}
                onClick={() => onShow(name)}
              >
                <span>{name}</span> <span className="quiet">{figure}</span>
              </button>
            </li>
          ))}
        </ol>
      )}
    </div>
  );
}

function Failed({ text }: { readonly text: ProblemText }) {
  return (
    <p role="alert">
      <strong>{text.sentence}</strong> {text.nextStep}
    </p>
  );
}
