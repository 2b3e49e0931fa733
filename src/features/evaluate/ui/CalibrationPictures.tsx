/** The pictures of a calibration set, small, each to be taken out again. */
import type { CalibrationPicture } from '../calibration-store.ts';
import { CloseIcon } from '../../../ui-kit/icons.tsx';
import { formatRate } from '../../../ui-kit/quantity.ts';
import { BlobImage } from './results/BlobImage.tsx';
import styles from './evaluate.module.css';

interface CalibrationPicturesProps {
  readonly pictures: readonly CalibrationPicture[];
  readonly onRemove: (id: number) => void;
}

export function CalibrationPictures({ pictures, onRemove }: CalibrationPicturesProps) {
  if (pictures.length === 0) return null;
  return (
    <ol className={styles.calibrationPictures} aria-label="Pictures of the set">
      {pictures.map(({ id, blob, width, height, nearest }, index) => (
        <li key={id}>
          <div className={styles.layers} style={{ aspectRatio: `${width} / ${height}` }}>
            <BlobImage blob={blob} alt={`Picture ${index + 1}`} />
          </div>
          <p className="quiet">
            <span>
              {index + 1}
              {nearest !== null && `, ${formatRate(nearest)} levels`}
            </span>
            <button
              type="button"
              className="button button-square"
              aria-label={`Take out picture ${index + 1}`}
              onClick={() => onRemove(id)}
            >
              <CloseIcon />
            </button>
          </p>
        </li>
      ))}
    </ol>
  );
}
