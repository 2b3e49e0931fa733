/** IoU per class with its pixel counts; a class without truth pixels is n/a, not 0. */
import { useId } from 'react';
import type { ClassAccuracy, EvaluationResult } from '../../../../domain/accuracy/evaluation.ts';
import { colormapOf, cssColor } from '../../../../domain/labels/colormap.ts';
import { formatCount, UNKNOWN, formatPercent } from '../../../../domain/quantity.ts';
import styles from '../results.module.css';

export function ClassTable({ result }: { readonly result: EvaluationResult }) {
  const colormap = colormapOf(result.description.classList);
  const { classes } = result.figures;
  const id = useId();
  const absent = classes.filter(({ iou }) => iou === null);
  return (
    <section aria-labelledby={id}>
      <h3 id={id}>Per class</h3>
      <div className="table-scroll" role="region" aria-label="Accuracy per class" tabIndex={0}>
        <table className={styles.classTable}>
          <thead>
            <tr>
              <th scope="col">class</th>
              <th scope="col">IoU, %</th>
              <th scope="col">
                <span className="unseen">IoU as a bar</span>
              </th>
              <th scope="col">boundary F, %</th>
              <th scope="col">pictures</th>
              <th scope="col">truth, px</th>
              <th scope="col">predicted, px</th>
            </tr>
          </thead>
          <tbody>
            {classes.map((one) => (
              <Row key={one.index} one={one} color={cssColor(colormap[one.index] ?? [0, 0, 0])} />
            ))}
          </tbody>
        </table>
      </div>
      {absent.length > 0 && (
        <p className="quiet">
          n/a: no scored picture has the class ({absent.length} of {classes.length}). It does not count in the
          mean over the classes present.
        </p>
      )}
    </section>
  );
}

function Row({ one, color }: { readonly one: ClassAccuracy; readonly color: string }) {
  const { name, iou, boundaryF, pictures, truthPixels, predictedPixels } = one;
  return (
    <tr className={iou === null ? styles.classAbsent : undefined}>
      <th scope="row">
        <span className="swatch" style={{ background: color }} /> {name}
      </th>
      <td>{iou === null ? 'n/a' : formatPercent(iou)}</td>
      <td className={styles.barCell}>
        {iou !== null && <span className={styles.iouBar} style={{ width: `${iou * 100}%` }} />}
      </td>
      <td>{boundaryF === null ? UNKNOWN : formatPercent(boundaryF)}</td>
      <td>{formatCount(pictures)}</td>
      <td>{formatCount(truthPixels)}</td>
      <td>{formatCount(predictedPixels)}</td>
    </tr>
  );
}
