/** Where the two label maps of one frame differ: the map, the share of agreement, per class, and which classes swap. */
import { memo } from 'react';
import {
  DIFFERENCES,
  DIFFERENCE_COLORS,
  type Difference,
} from '../../../../domain/labels/agreement-colors.ts';
import { cssColor } from '../../../../domain/labels/colormap.ts';
import type { LabelAgreement } from '../../../../domain/labels/label-agreement.ts';
import { classNames } from '../../../../ui-kit/class-names.ts';
import { UNKNOWN, formatShare } from '../../../../domain/quantity.ts';
import { useShownAgent } from '../../../agents/ui/agents-context.ts';
import { useSessionState, useSession, useTiming, useView } from '../../../live/ui/session-context.ts';
import { useCompanion, useCompanionState, useCompanionTiming } from '../companion-context.ts';
import { Trace } from '../panel/Trace.tsx';
import type { PictureProps } from './SidePictures.tsx';
import { agreementObstacle } from './agreement-obstacle.ts';
import { classRows } from './class-rows.ts';
import type { ClassKey } from '../../../../domain/labels/legend.ts';
import styles from '../pictures.module.css';

/** Nobody reads a longer list; the map shows the rest. */
const SWAPS_SHOWN = 4;

export const AgreementPart = memo(function AgreementPart({
  attach,
  canvasClass,
}: Omit<PictureProps, 'mirror'>) {
  const session = useCompanion();
  const third = useCompanionState((state) => state.third);
  const pacing = useCompanionState((state) => state.pacing);
  const agent = useShownAgent();
  const engine = useSessionState((state) => state.engine);
  const agreement = useCompanionTiming((state) => state.agreement);
  const classes = useCompanionTiming((state) => state.classes);
  const obstacle = agreementObstacle(pacing, engine, agent, agreement !== null);
  return (
    <section className={styles.agreement} aria-label="Agreement">
      {third === 'agreement' && (
        <figure className={classNames(styles.side, styles.sideAgreement)}>
          <div className={styles.sideBox}>
            <div className="picture-box" hidden={obstacle !== null}>
              <canvas ref={attach} className={canvasClass} />
            </div>
            {obstacle !== null && (
              <div className="cover">
                <p>{obstacle}</p>
              </div>
            )}
          </div>
          <figcaption>
            <strong>Agreement map</strong> <span className="quiet">dim where both agree</span>
            <DifferenceKeys />
          </figcaption>
        </figure>
      )}
      <div className={styles.agreementFigures}>
        <div className={styles.agreementHead}>
          <p>
            <span className={styles.agreementValue}>{percent(agreement)}</span> of the pixels agree
          </p>
          <button
            type="button"
            className="button"
            aria-pressed={third === 'agreement'}
            onClick={() => session.setThird(third === 'agreement' ? 'none' : 'agreement')}
          >
            Map
          </button>
        </div>
        <AgreementTrace />
        <Swaps agreement={agreement} classes={classes} />
        <ClassTable />
      </div>
    </section>
  );
});

/** Two decimals, because two sides running one network often differ by less than a percent. */
function percent(agreement: LabelAgreement | null): string {
  return agreement === null ? UNKNOWN : `${(agreement.overall01 * 100).toFixed(2)} %`;
}

const DIFFERENCE_WORDS: Readonly<Record<Difference, string>> = {
  'browser-only': 'only the browser sees a class',
  'agent-only': 'only the agent sees a class',
  'other-class': 'different classes',
};

function DifferenceKeys() {
  return (
    <ul className={styles.differenceKeys}>
      {DIFFERENCES.map((difference) => (
        <li key={difference}>
          <span className="stage-key" style={{ background: cssColor(DIFFERENCE_COLORS[difference]) }} />
          {DIFFERENCE_WORDS[difference]}
        </li>
      ))}
    </ul>
  );
}

interface SwapsProps {
  readonly agreement: LabelAgreement | null;
  readonly classes: readonly ClassKey[];
}

function Swaps({ agreement, classes }: SwapsProps) {
  const swaps = agreement?.swaps.slice(0, SWAPS_SHOWN) ?? [];
  const nameOf = (index: number) => classes[index]?.name ?? `class ${index}`;
  return (
    <div className={styles.swaps}>
      <h2>Swapped classes, browser → agent</h2>
      {swaps.length === 0 ? (
        <p className="quiet">{agreement === null ? UNKNOWN : 'none: every pixel agrees'}</p>
      ) : (
        <ol>
          {swaps.map(({ left, right, pixels }) => (
            <li key={`${left}-${right}`}>
              <Swatch color={classes[left]?.color} />
              {nameOf(left)} → <Swatch color={classes[right]?.color} />
              {nameOf(right)}
              <span className={styles.swapShare}>
                {((100 * pixels) / (agreement?.pixels ?? pixels)).toFixed(2)} %
              </span>
            </li>
          ))}
        </ol>
      )}
    </div>
  );
}

function Swatch({ color }: { readonly color: string | undefined }) {
  return <span className="swatch" style={{ background: color }} />;
}

/** Width of the plot, in frames. */
const FRAMES = 240;

const AgreementTrace = memo(function AgreementTrace() {
  const history = useCompanionTiming((state) => state.agreementHistory);
  const points = history.map(({ overall01 }, index) => ({ at: index, value: overall01 * 100 }));
  return (
    <Trace
      name={`Agreement over the last ${FRAMES} frames`}
      unit="%"
      decimals={1}
      step={5}
      span={FRAMES - 1}
      traces={[{ name: 'agreement', points }]}
    />
  );
});

/** The classes of the frame: share on either side and their overlap; clicking one shows it alone in both pictures. */
const ClassTable = memo(function ClassTable() {
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
