/** The pictures and masks to score with: how to open them, what was found, what was left out and why. */
import { useId, useState } from 'react';
import type { DataSetReport } from '../../../../domain/accuracy/evaluation.ts';
import { describeProblem, type Problem } from '../../../../domain/problems/problem.ts';
import { counted, formatCount } from '../../../../domain/quantity.ts';
import type { FolderSource } from '../../evaluation-session.types.ts';
import { PickFiles } from '../PickFiles.tsx';
import { isUnderWay, useEvaluation, useEvaluationState } from '../evaluation-context.ts';
import { MappingControl } from './MappingControl.tsx';
import { SkippedList } from './SkippedList.tsx';
import { sourceOfFiles } from './dropped-folders.ts';
import styles from '../evaluate.module.css';

export function DataSetSection() {
  const dataSet = useEvaluationState((state) => state.dataSet);
  const id = useId();
  return (
    <section className="view-part" aria-labelledby={id}>
      <h2 id={id}>Pictures and masks</h2>
      {dataSet.kind === 'none' && <NothingYet />}
      {dataSet.kind === 'reading' && <Reading name={dataSet.name} filesSeen={dataSet.filesSeen} />}
      {dataSet.kind === 'ready' && <Found report={dataSet.report} />}
      {dataSet.kind === 'failed' && <Failed problem={dataSet.problem} />}
    </section>
  );
}

const VOC_FOLDER = `VOC2012/JPEGImages/2007_000033.jpg              the pictures
VOC2012/SegmentationClass/2007_000033.png       masks of the same names: palette or grey PNG
VOC2012/ImageSets/Segmentation/val.txt          optional: which pictures to use`;

function NothingYet() {
  return (
    <div className="view-empty">
      <p>
        Drop a folder or a zip here to measure how accurate the models are on it. It stays on this computer. A
        VOC folder looks like this:
      </p>
      <pre className={styles.folderExample} tabIndex={0} aria-label="Layout of a VOC folder">
        {VOC_FOLDER}
      </pre>
      <OpenFolder strong />
      <TwoFolders />
    </div>
  );
}

function OpenFolder({ strong = false }: { readonly strong?: boolean }) {
  const session = useEvaluation();
  const underWay = useEvaluationState((state) => isUnderWay(state.evaluation));
  const open = (files: readonly File[]) => session.openFolder(sourceOfFiles(files));
  return (
    <div className="tools">
      <PickFiles
        words={strong ? 'Choose a folder…' : 'Another folder…'}
        label="Folder in VOC layout"
        folder
        strong={strong}
        disabled={underWay}
        onPick={open}
      />
      <PickFiles
        words="Choose a zip…"
        label="Zip in VOC layout"
        accept=".zip,application/zip"
        disabled={underWay}
        onPick={open}
      />
    </div>
  );
}

function Reading({ name, filesSeen }: { readonly name: string; readonly filesSeen: number }) {
  const session = useEvaluation();
  return (
    <div className="tools">
      <p role="status">
        Reading <strong>{name}</strong>: {formatCount(filesSeen)} files found…
      </p>
      <button type="button" className="button" onClick={() => session.closeDataSet()}>
        Stop reading
      </button>
    </div>
  );
}

function Failed({ problem }: { readonly problem: Problem }) {
  const { sentence, nextStep } = describeProblem(problem);
  return (
    <>
      <p role="alert">
        <strong>{sentence}</strong> {nextStep}
      </p>
      <OpenFolder strong />
      <TwoFolders />
    </>
  );
}

function Found({ report }: { readonly report: DataSetReport }) {
  const session = useEvaluation();
  const underWay = useEvaluationState((state) => isUnderWay(state.evaluation));
  return (
    <>
      <p role="status">{foundWords(report)}</p>
      {report.lists.length > 0 && (
        <p className="quiet">
          Lists: {report.lists.map(({ name, pairs }) => `${name} (${formatCount(pairs)})`).join(', ')}.
        </p>
      )}
      {report.skipped.length > 0 && (
        <SkippedList
          skipped={report.skipped}
          title={`${counted(report.skipped.length, 'file')} skipped`}
          resultIds={[]}
        />
      )}
      <div className="tools">
        <MappingControl mapping={report.mapping} disabled={underWay} />
        <span className="tools-gap" />
        <OpenFolder />
        <button type="button" className="button" disabled={underWay} onClick={() => session.closeDataSet()}>
          Close
        </button>
      </div>
      <TwoFolders />
    </>
  );
}

/** An empty folder and one whose files were all skipped need different next steps. */
function foundWords({ name, layout, pairs, skipped }: DataSetReport) {
  if (pairs > 0) {
    return (
      <>
        <strong>{name}</strong>: <strong>{formatCount(pairs)}</strong> {pairs === 1 ? 'picture' : 'pictures'}{' '}
        with a mask
        {layout === 'voc' ? ', in VOC layout.' : ', from two folders.'}
      </>
    );
  }
  if (skipped.length === 0) {
    return (
      <>
        <strong>{name} contains no pictures or masks.</strong> Choose the folder that contains JPEGImages and
        SegmentationClass, or choose the two folders separately.
      </>
    );
  }
  return (
    <>
      <strong>Nothing in {name} can be scored: every file was skipped.</strong> The reasons are listed below.
      Masks must have the same names as their pictures.
    </>
  );
}

interface Picked {
  readonly source: FolderSource;
  readonly files: number;
}

/** Picks pictures and masks as two folders, for data sets that are not in VOC layout. */
function TwoFolders() {
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
