/** Milliseconds per stage, browser and agent side by side, and the agent's breakdown of its last frame. */
import { memo } from 'react';
import { STAGES } from '../../../../domain/measuring/stage-timings.ts';
import type { TimingRow, TimingSnapshot } from '../../../../domain/measuring/timing-snapshot.ts';
import { formatCount, formatMs } from '../../../../domain/quantity.ts';
import { ROW_WORDS } from '../../../../ui-kit/wording.ts';
import { useCompanionTiming } from '../companion-context.ts';
import styles from '../companion.module.css';

const KEYS: readonly TimingRow['key'][] = [
  ...STAGES.flatMap((stage): TimingRow['key'][] => (stage === 'capture' ? ['capture', 'wait'] : [stage])),
  'frame',
];
const STATISTICS = ['median', 'p95', 'max'] as const;
const AGENT_STAGES = [
  'wait',
  'decode',
  'resize',
  'quantise',
  'invoke',
  'postprocess',
  'encode',
  'total',
] as const;

export const SidesTable = memo(function SidesTable() {
  const browser = useCompanionTiming((state) => state.browser);
  const agent = useCompanionTiming((state) => state.agent);
  return (
    <section className="panel-part">
      <div className="table-scroll" role="region" aria-label="Stages of both sides" tabIndex={0}>
        <table className={styles.sidesStages}>
          <caption>Milliseconds per stage</caption>
          <thead>
            <tr>
              <th scope="col" rowSpan={2}>
                stage
              </th>
              <th scope="colgroup" colSpan={3}>
                browser, n {formatCount(framesOf(browser))}
              </th>
              <th scope="colgroup" colSpan={3}>
                agent, n {formatCount(framesOf(agent))}
              </th>
            </tr>
            <tr>
              {['browser', 'agent'].map((side) =>
                STATISTICS.map((statistic) => (
                  <th key={`${side}-${statistic}`} scope="col">
                    {statistic}
                  </th>
                )),
              )}
            </tr>
          </thead>
          <tbody>
            {KEYS.map((key) => (
              <tr key={key} className={`row-${key}`}>
                <th scope="row">
                  {key !== 'wait' && key !== 'frame' && (
                    <span className="stage-key" style={{ background: `var(--stage-${key})` }} />
                  )}
                  {ROW_WORDS[key]}
                </th>
                {[browser, agent].map((side, index) =>
                  STATISTICS.map((statistic) => (
                    <td key={`${index}-${statistic}`}>{formatMs(valueOf(side, key, statistic))}</td>
                  )),
                )}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <AgentAccount />
    </section>
  );
});

function framesOf(side: TimingSnapshot | null): number | null {
  return side?.rows.find(({ key }) => key === 'frame')?.n ?? null;
}

function valueOf(
  side: TimingSnapshot | null,
  key: TimingRow['key'],
  statistic: (typeof STATISTICS)[number],
): number | null {
  return side?.rows.find((row) => row.key === key)?.[statistic] ?? null;
}

function AgentAccount() {
  const stages = useCompanionTiming((state) => state.traffic?.agentStages ?? null);
  return (
    <>
      <h3>The agent&apos;s breakdown of its last frame, ms</h3>
      <dl className={styles.agentAccount} data-testid="agent-account">
        {AGENT_STAGES.map((stage) => (
          <div key={stage}>
            <dt>{stage}</dt>
            <dd>{formatMs(stages?.[stage] ?? null)}</dd>
          </div>
        ))}
      </dl>
    </>
  );
}
