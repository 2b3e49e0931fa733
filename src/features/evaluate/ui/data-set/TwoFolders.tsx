/** Pictures and masks as two folders chosen one by one, for data sets that are not in VOC layout. */
import { useState } from 'react';
import type { FolderSource } from '../../evaluation-session.types.ts';
import { counted } from '../../../../ui-kit/quantity.ts';
import { isUnderWay, useEvaluation, useEvaluationState } from '../evaluation-context.ts';
import { PickFiles } from '../PickFiles.tsx';
import { sourceOfFiles } from './dropped-folders.ts';
import styles from '../evaluate.module.css';

interface Picked {
  readonly source: FolderSource;
  readonly files: number;
}

export function TwoFolders() {
  const session = useEvaluation();
  const underWay = useEvaluationState((state) => isUnderWay(state.evaluation));
  const [images, setImages] = useState<Picked | null>(null);
  const [masks, setMasks] = useState<Picked | null>(null);
  const picked = (files: readonly File[]): Picked => ({ source: sourceOfFiles(files), files: files.length });
  return (
    <details className={styles.twoFolders}>
      <summary>Pictures and masks in two folders</summary>
      <div className="tools">
        <PickFiles
          words={images === null ? 'Pictures…' : `Pictures: ${counted(images.files, 'file')}`}
          label="Folder of pictures"
          folder
          disabled={underWay}
          onPick={(files) => setImages(picked(files))}
        />
        <PickFiles
          words={masks === null ? 'Masks…' : `Masks: ${counted(masks.files, 'file')}`}
          label="Folder of masks"
          folder
          disabled={underWay}
          onPick={(files) => setMasks(picked(files))}
        />
        <button
          type="button"
          className="button"
          disabled={underWay || images === null || masks === null}
          onClick={() => {
            if (images !== null && masks !== null) session.openTwoFolders(images.source, masks.source);
          }}
        >
          Open both
        </button>
      </div>
      <p className="quiet">
        Paired by file name without extension. Cityscapes and ADE20K label images need a mapping.
      </p>
    </details>
  );
}
