/** Where the live view's frames are segmented: in this browser or on the shown agent, one at a time. */
import type { Problem } from '../../domain/problems/problem.ts';
import type { FramePump } from '../../pipeline/frame-pump.ts';
import type { AgentSegmenter } from '../../segmentation/agent-segmenter.ts';
import type { LiveSegmenter } from '../../segmentation/agent-segmenter.ts';
import type { SessionStore } from '../../app/session-store.ts';
import type { EngineControl } from './engine-control.types.ts';
import { awaitFormerAgent, PATIENCE_MS } from './former-agent.ts';
import type { NoticeBoard } from '../../app/notice-board.ts';
import type { PageAgents } from '../agents/public.ts';

export interface LivePlaceParts {
  readonly store: SessionStore;
  readonly pump: Pick<FramePump<LiveSegmenter>, 'setSegmenter'>;
  readonly engine: Pick<EngineControl, 'suspend' | 'resume'>;
  readonly notices: NoticeBoard;
  /** Loads the code for agents. @throws if the server is gone */
  readonly startAgents: (onSegmenter: (segmenter: AgentSegmenter | null) => void) => Promise<PageAgents>;
  /** ms */
  readonly wait: (ms: number) => Promise<void>;
}

export interface LivePlace {
  /** Opened on first use; later calls return the same ones. */
  agents(): Promise<PageAgents>;
  /** null until they are opened. */
  opened(): PageAgents | null;
  /** Stops the browser's network. Frames go to the shown agent as soon as its model is loaded. */
  useAgent(): Promise<void>;
  /**
   * The same for the agent of the last visit. If it is unavailable, the browser's network resumes and a notice says so.
   * @param browserReady resolves when the browser can load a model
   */
  useFormerAgent(browserReady: Promise<void>): Promise<void>;
  /** Resumes the browser's network. */
  useBrowser(): Promise<void>;
  /** The segmenter that frames currently go to, if it is on an agent. */
  segmenter(): AgentSegmenter | null;
  failed(segmenter: AgentSegmenter, problem: Problem): void;
  /** For measurements: nothing runs live until resume(). */
  suspend(): Promise<void>;
  resume(): Promise<void>;
  close(): void;
}

export function createLivePlace(parts: LivePlaceParts): LivePlace {
  const { store, pump, engine, notices } = parts;
  let opening: Promise<PageAgents> | null = null;
  let opened: PageAgents | null = null;
  let onAgent: AgentSegmenter | null = null;
  let suspended = false;
  /** Changes run one after another: engine and pump must not get two requests at the same time. */
  let last: Promise<void> = Promise.resolve();

  const isOnAgent = () => store.getState().place === 'agent';
  const inTurn = (work: () => Promise<void>) => (last = last.then(work));

  const install = () => pump.setSegmenter(onAgent);

  async function open(): Promise<PageAgents> {
    try {
      opened = await parts.startAgents((segmenter) => {
        onAgent = segmenter;
        if (isOnAgent() && !suspended) void install();
      });
      return opened;
    } catch (error) {
      // The next call tries again.
      opening = null;
      throw error;
    }
  }

  const agents = () => (opening ??= open());

  async function toAgent(): Promise<void> {
    try {
      await agents();
    } catch (error) {
      const detail = error instanceof Error ? error.message : String(error);
      notices.problem({ kind: 'source-unreachable', what: 'the part of the page for agents', detail });
      return;
    }
    await inTurn(async () => {
      if (isOnAgent()) return;
      store.setState({ place: 'agent' });
      if (suspended) return;
      await engine.suspend();
      await install();
    });
  }

  function toBrowser(): Promise<void> {
    return inTurn(async () => {
      if (!isOnAgent()) return;
      store.setState({ place: 'browser' });
      if (suspended) return;
      await pump.setSegmenter(null);
      // Not waited for, as in resume().
      void engine.resume();
    });
  }

  return {
    agents,
    opened: () => opened,
    useAgent: toAgent,
    async useFormerAgent(browserReady) {
      await toAgent();
      if (!isOnAgent() || opened === null) return;
      const former = await awaitFormerAgent(opened.session.agents, parts.wait(PATIENCE_MS));
      await browserReady;
      // The user may have chosen a place meanwhile.
      if (former.kind === 'there' || !isOnAgent()) return;
      if (former.kind === 'absent') {
        notices.problem(former.problem, 'Meanwhile frames are segmented in this browser.');
      }
      await toBrowser();
    },
    useBrowser: toBrowser,
    segmenter: () => (isOnAgent() ? onAgent : null),
    failed(segmenter, problem) {
      opened?.failed(segmenter, problem);
      if (onAgent === segmenter) onAgent = null;
      notices.problem(problem);
    },
    suspend: () =>
      inTurn(async () => {
        suspended = true;
        await pump.setSegmenter(null);
        await engine.suspend();
      }),
    async resume() {
      let back: Promise<void> = Promise.resolve();
      await inTurn(async () => {
        suspended = false;
        if (isOnAgent()) await install();
        else back = engine.resume();
      });
      // The browser takes long to load, and must not block another choice.
      await back;
    },
    close() {
      opened?.close();
    },
  };
}
