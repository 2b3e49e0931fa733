/** The agent's half: its picture, what stands in its place before the first frame, and which configuration it is. */
import { Probe } from '../../../../ui-kit/Probe.tsx';
import { useSessionState } from '../../../live/ui/session-context.ts';
import { useShownAgent } from '../../../agents/ui/agents-context.ts';
import { useCompanion, useCompanionTiming } from '../companion-context.ts';
import { agentCaption } from '../companion-words.ts';
import { HowToStart } from '../../../agents/ui/AgentForm.tsx';
import { agentBadge, agentPictureState, slowWords, type AgentPictureState } from './agent-picture-state.ts';
import type { PictureProps } from './picture-props.ts';
import { medianFrameMs, useOnce } from './use-once.ts';
import { classNames } from '../../../../ui-kit/class-names.ts';
import styles from '../pictures.module.css';

export function AgentPicture({ attach, canvasClass, mirror }: PictureProps) {
  const agent = useShownAgent();
  const pause = useSessionState((state) => state.pause);
  const painted = useOnce(
    useCompanionTiming((state) => state.agent !== null),
    agent?.id ?? '',
  );
  const slow = useCompanionTiming((state) => slowWords(medianFrameMs(state.agent)));
  const state = agentPictureState(painted, agent);
  const live = state.kind === 'live';
  const testDouble = agent?.engine.kind === 'running' && agent.engine.deviceUsed === 'test-double';
  return (
    <figure className={classNames(styles.side, styles.sideAgent)}>
      <div className={styles.sideBox}>
        <div className="picture-box" hidden={!live}>
          <canvas ref={attach} className={canvasClass} />
          {live && <AgentProbe mirror={mirror} />}
        </div>
        <AgentCover state={state} />
        <p className="badge" role="status">
          {live ? (agentBadge(agent, pause) ?? slow) : null}
        </p>
        {testDouble && <p className={classNames('badge', styles.badgeDouble)}>TEST DOUBLE</p>}
      </div>
      <figcaption>
        <strong>Agent</strong>{' '}
        <span className="quiet">
          {agent?.engine.kind === 'running' ? agentCaption(agent.engine.description) : 'no model is running'}
        </span>
      </figcaption>
    </figure>
  );
}

/** The crosshair over the agent's labels. */
function AgentProbe({ mirror }: Pick<PictureProps, 'mirror'>) {
  const session = useCompanion();
  // So that a resting pointer never shows an old class.
  useCompanionTiming((state) => state);
  return (
    <Probe mirror={mirror} picture="Agent's picture" classAt={(x01, y01) => session.agentClassAt(x01, y01)} />
  );
}

function AgentCover({ state }: { readonly state: AgentPictureState }) {
  switch (state.kind) {
    case 'live':
      return null;
    case 'no-agent':
      return (
        <div className="cover">
          <p className="cover-title">No agent yet</p>
          <p>Start one in the project&apos;s folder:</p>
          <HowToStart />
        </div>
      );
    case 'waiting':
      return (
        <div className="cover cover-busy">
          <p className="cover-title" role="status">
            {state.words}
          </p>
        </div>
      );
    case 'failed':
      return (
        <div className="cover">
          <p className="cover-title">{state.text.sentence}</p>
          <p>{state.text.nextStep}</p>
        </div>
      );
  }
}
