/** Who is faster, by what factor, with its interval, and what exactly was compared. */
import { memo } from 'react';
import { summariseHost, throttledWhile } from '../../../../domain/measuring/host-readings.ts';
import { throttlingWords } from '../../../../domain/measuring/throttling.ts';
import { classNames } from '../../../../ui-kit/class-names.ts';
import { agentWords } from '../../../agents/ui/agent-words.ts';
import { useShownAgent } from '../../../agents/ui/agents-context.ts';
import { useSessionState } from '../../../live/ui/session-context.ts';
import { useCompanionTiming } from '../companion-context.ts';
import {
  basisWords,
  browserWords,
  hostShareWords,
  intervalWords,
  speedWords,
  unlikeWords,
} from '../companion-words.ts';
import styles from '../companion.module.css';

export const SpeedPart = memo(function SpeedPart() {
  const speed = useCompanionTiming((state) => state.speed);
  const telemetry = useCompanionTiming((state) => state.telemetry);
  const throttled = throttledWhile(summariseHost(telemetry));
  const browser = useSessionState((state) =>
    state.engine.kind === 'running' ? state.engine.description : null,
  );
  const engine = useShownAgent()?.engine;
  const agent = engine?.kind === 'running' ? engine.description : null;
  const testDouble = agent?.deviceUsed === 'test-double';
  const hostShare = agent === null ? null : hostShareWords(agent);
  return (
    <section className={classNames('panel-part', styles.speed)}>
      <h2>Who is faster</h2>
      {testDouble ? (
        <p>Not compared: the agent runs on a TEST DOUBLE, whose times mean nothing.</p>
      ) : (
        <>
          <p className={styles.speedHeadline}>
            {speed === null ? 'Not known yet' : speedWords(speed.segmentation)}
          </p>
          <p className={classNames('quiet', styles.speedInterval)}>
            {speed === null
              ? 'Needs 10 frames from each side.'
              : `${intervalWords(speed.segmentation)}; pixels to labels; ${basisWords(speed)}`}
          </p>
          <p className={classNames('quiet', styles.speedInterval)}>
            {speed === null
              ? ''
              : `Inference alone: ${speedWords(speed.inference).toLowerCase()}, ${intervalWords(speed.inference)}.`}
          </p>
        </>
      )}
      {throttled.length > 0 && (
        <p className="panel-warning">
          The agent&apos;s machine was throttled during these frames ({throttlingWords(throttled)}). Do not
          quote this figure.
        </p>
      )}
      <dl className="facts">
        <div className="fact">
          <dt>browser</dt>
          <dd>{browser === null ? 'no model is running' : browserWords(browser)}</dd>
        </div>
        <div className="fact">
          <dt>agent</dt>
          <dd>{agent === null ? 'no model is running' : agentWords(agent)}</dd>
        </div>
      </dl>
      {browser !== null &&
        agent !== null &&
        unlikeWords(browser, agent).map((sentence) => (
          <p key={sentence} className="panel-warning">
            {sentence}
          </p>
        ))}
      {hostShare !== null && <p className="panel-warning">{hostShare}</p>}
    </section>
  );
});
