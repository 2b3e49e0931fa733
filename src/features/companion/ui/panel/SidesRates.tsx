/** Rates, dropped frames and bytes of both sides. */
import { memo } from 'react';
import { formatBytes, formatCount, formatRate } from '../../../../domain/quantity.ts';
import { useCompanionTiming } from '../companion-context.ts';
import styles from '../companion.module.css';

export const SidesRates = memo(function SidesRates() {
  const browser = useCompanionTiming((state) => state.browser?.rates ?? null);
  const agent = useCompanionTiming((state) => state.agent?.rates ?? null);
  const traffic = useCompanionTiming((state) => state.traffic);
  return (
    <section className="panel-part">
      <table className={styles.sidesTable}>
        <caption>Rates</caption>
        <thead>
          <tr>
            <th scope="col">1/s</th>
            <th scope="col">browser</th>
            <th scope="col">agent</th>
          </tr>
        </thead>
        <tbody>
          <tr className={styles.rowRate}>
            <th scope="row">frames/s end to end</th>
            <td>{formatRate(browser?.framesPerSecond ?? null)}</td>
            <td>{formatRate(agent?.framesPerSecond ?? null)}</td>
          </tr>
          <tr>
            <th scope="row">model rate, 1000 / median inference</th>
            <td>{formatRate(browser?.modelPerSecond ?? null)}</td>
            <td>{formatRate(agent?.modelPerSecond ?? null)}</td>
          </tr>
          <tr>
            <th scope="row">source pictures/s</th>
            <td>{formatRate(browser?.sourcePerSecond ?? null)}</td>
            <td>{formatRate(agent?.sourcePerSecond ?? null)}</td>
          </tr>
          <tr>
            <th scope="row">skipped source pictures</th>
            <td>{formatCount(browser?.skipped ?? null)}</td>
            <td>{formatCount(agent?.skipped ?? null)}</td>
          </tr>
        </tbody>
      </table>
      <h3>Frames sent to the agent</h3>
      <dl className="facts facts-row">
        <Traffic name="answered" value={formatCount(traffic?.answered ?? null)} />
        <Traffic name="dropped" value={formatCount(traffic?.dropped ?? null)} />
        <Traffic name="up per frame" value={formatBytes(traffic?.bytesUp ?? null)} />
        <Traffic name="down per frame" value={formatBytes(traffic?.bytesDown ?? null)} />
      </dl>
    </section>
  );
});

function Traffic({ name, value }: { readonly name: string; readonly value: string }) {
  return (
    <div className="fact">
      <dt>{name}</dt>
      <dd>{value}</dd>
    </div>
  );
}
