/** The classes of the frame: share on either side and their overlap; clicking one shows it alone in both pictures. */
import { memo } from 'react';
import { useSession, useTiming, useView } from '../../../live/ui/session-context.ts';
import { formatShare } from '../../../../ui-kit/quantity.ts';
import { useCompanionTiming } from '../companion-context.ts';
import { classRows } from './class-rows.ts';
import { classNames } from '../../../../ui-kit/class-names.ts';
import styles from '../pictures.module.css';

export const ClassTable = memo(function ClassTable() {
  const session = useSession();
  const browser = useTiming((state) => state.legend);
  const agent = useCompanionTiming((state) => state.agentLegend);
  const agreement = useCompanionTiming((state) => state.agreement);
  const isolatedClass = useView((view) => view.isolatedClass);
  const rows = classRows(browser, agent, agreement);
  return (
    <div
      className={classNames('table-scroll', styles.classScroll)}
      role="region"
      aria-label="Classes of both sides"
      tabIndex={0}
    >
      <table className={styles.classTable}>
        <thead>
          <tr>
            <th scope="col">class</th>
            <th scope="col">browser</th>
            <th scope="col">agent</th>
            <th scope="col" title="Intersection over union of the class between the two sides">
              agreement
            </th>
          </tr>
        </thead>
        <tbody>
          {rows.map(({ classIndex, name, color, browser01, agent01, agreement01 }) => (
            <tr key={classIndex}>
              <th scope="row">
                <button
                  type="button"
                  className={styles.className}
                  aria-pressed={classIndex === isolatedClass}
                  title={classIndex === isolatedClass ? 'Show all classes' : `Show only ${name}`}
                  onClick={() =>
                    session.setView({ isolatedClass: classIndex === isolatedClass ? null : classIndex })
                  }
                >
                  <span className="swatch" style={{ background: color }} />
                  {name}
                </button>
              </th>
              <td>{formatShare(browser01)}</td>
              <td>{formatShare(agent01)}</td>
              <td>{formatShare(agreement01)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
});
