/** The two pictures of the companion page, with what stands in their place before the first frame. */
import { useState } from 'react';
import type { TimingSnapshot } from '../../../../domain/measuring/timing-snapshot.ts';
import { Probe } from '../../../../ui-kit/Probe.tsx';
import { classNames } from '../../../../ui-kit/class-names.ts';
import { HowToStart } from '../../../agents/ui/AgentForm.tsx';
import { useShownAgent } from '../../../agents/ui/agents-context.ts';
import { PictureCover, usePictureFacts } from '../../../live/ui/picture/PictureCover.tsx';
import { LiveProbe } from '../../../live/ui/picture/PicturePane.tsx';
import { pictureBadge, pictureState } from '../../../live/ui/picture/picture-state.ts';
import { useSessionState } from '../../../live/ui/session-context.ts';
import { useCompanion, useCompanionTiming } from '../companion-context.ts';
import { agentCaption, browserCaption } from '../companion-words.ts';
import { agentBadge, agentPictureState, slowWords, type AgentPictureState } from './agent-picture-state.ts';
import styles from '../pictures.module.css';

export interface PictureProps {
  /** The canvas for the session to paint on; null when it is gone. */
  readonly attach: (canvas: HTMLCanvasElement | null) => void;
  readonly canvasClass: string;
  /** Whether the picture is shown mirrored. */
  readonly mirror: boolean;
}

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

export function BrowserPicture({ attach, canvasClass, mirror }: PictureProps) {
  const facts = usePictureFacts();
  const painted = useOnce(
    useCompanionTiming((state) => state.browser !== null),
    'browser',
  );
  const slow = useCompanionTiming((state) => slowWords(medianFrameMs(state.browser)));
  return (
    <figure className={styles.side}>
      <div className={styles.sideBox}>
        <div className="picture-box" hidden={!painted}>
          <canvas ref={attach} className={canvasClass} />
          {painted && <LiveProbe mirror={mirror} picture="Browser's picture" />}
        </div>
        <PictureCover state={pictureState(painted, facts)} />
        <p className="badge" role="status">
          {painted ? (pictureBadge(facts) ?? slow) : null}
        </p>
      </div>
      <figcaption>
        <strong>Browser</strong>{' '}
        <span className="quiet">
          {facts.engine.kind === 'running' ? browserCaption(facts.engine.description) : 'no model is running'}
        </span>
      </figcaption>
    </figure>
  );
}

/**
 * Stays true once true, so that an emptied timing window does not hide the picture.
 * @param of the owner; another owner starts from false
 */
function useOnce(now: boolean, of: string): boolean {
  const [whose, setWhose] = useState<string | null>(null);
  if (now && whose !== of) setWhose(of);
  return now || whose === of;
}

/** Median frame time of one side, ms; null before its first frame. */
function medianFrameMs(snapshot: TimingSnapshot | null): number | null {
  return snapshot?.rows.find(({ key }) => key === 'frame')?.median ?? null;
}
