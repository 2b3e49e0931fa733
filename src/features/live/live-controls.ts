/** Everything that components can do with the live page. */
import type { BackendChoice } from '../../domain/backend.ts';
import type { Pipeline } from '../../domain/measuring/configuration.ts';
import type { WantedSetup } from '../../domain/setup.ts';
import type { LiveSegmenter } from '../../segmentation/agent-segmenter.ts';
import type { NoticeBoard } from '../../app/notice-board.ts';
import type { PageWatch } from '../../app/page-watch.ts';
import type { SessionStore } from '../../app/session-store.ts';
import type { ViewState, ViewStore } from '../../app/view-store.ts';
import type { AgentsSession } from '../agents/public.ts';
import type { ModelImports } from '../models/public.ts';
import type { ClassAtPoint } from './class-at.ts';
import type { EngineControl } from './engine-control.types.ts';
import type { KeptSettings } from './kept-settings.ts';
import type { LiveMeter } from './live-meter.ts';
import type { LivePicture } from './live-picture.ts';
import type { LivePlace } from './live-place.ts';
import type { Screenshot } from './screenshot.ts';
import type { SourceControl } from './source-control.ts';
import type { TimingStore } from './timing-store.ts';

export interface LiveSession {
  readonly session: SessionStore;
  readonly timing: TimingStore;
  readonly view: ViewStore;
  readonly imports: ModelImports;
  /** The canvas for picture and overlay; null detaches. */
  attachCanvas(canvas: HTMLCanvasElement | null): void;
  /** By SourceOption.key. */
  chooseSource(key: string): void;
  chooseCameraSize(width: number, height: number): void;
  /** A dropped, pasted or picked file. */
  openFile(file: File): void;
  chooseModel(modelId: string): void;
  chooseBackend(choice: BackendChoice): void;
  /** The shown agent segments the live view's frames until chooseBackend() or chooseModel() returns to the browser. */
  chooseAgent(): void;
  /** null until chooseAgent() or the Runs view first needs them. */
  agents(): AgentsSession | null;
  chooseInputSize(inputSize: number): void;
  choosePipeline(pipeline: Pipeline): void;
  setFrozen(frozen: boolean): void;
  /** Repaints the last frame at once, also while frozen. */
  setView(change: Partial<ViewState>): void;
  /** x01, y01: position on the unmirrored picture, 0..1. Returns null while there is no label map yet. */
  classAt(x01: number, y01: number): ClassAtPoint | null;
  /** @throws ProblemError */
  screenshot(): Promise<Screenshot>;
  dismissNotice(id: number): void;
  close(): void;
}

interface LiveControlsParts extends Pick<LiveSession, 'session' | 'timing' | 'view' | 'imports' | 'close'> {
  readonly notices: NoticeBoard;
  readonly kept: KeptSettings;
  readonly meter: LiveMeter;
  readonly picture: LivePicture<LiveSegmenter>;
  readonly sources: SourceControl;
  readonly engine: EngineControl;
  readonly place: LivePlace;
  readonly page: PageWatch;
  readonly want: (change: Partial<WantedSetup>) => Promise<void>;
}

export function liveControls(parts: LiveControlsParts): LiveSession {
  const { session, timing, view, imports } = parts;
  const { notices, kept, meter, picture, sources, engine, place, page, want } = parts;

  /** A choice for the browser also moves segmentation back to the browser. */
  function choose(change: Partial<WantedSetup>): Promise<unknown> {
    // The companion page shows both places and opens no agents here.
    if (place.opened() !== null) kept.choosePlace('browser');
    return Promise.all([want(change), place.useBrowser()]);
  }

  return {
    session,
    timing,
    view,
    imports,
    attachCanvas: (canvas) => picture.attach(canvas),
    chooseSource: (key) => void sources.choose(key).then(kept.save),
    chooseCameraSize: (width, height) => void sources.chooseCameraSize(width, height),
    openFile: (file) => void sources.openFile(file),
    chooseModel: (modelId) => void choose({ modelId }),
    chooseBackend: (backend) => void choose({ place: { kind: 'browser', backend, threads: null } }),
    chooseAgent() {
      kept.choosePlace('agent');
      void place.useAgent();
    },
    agents: () => place.opened()?.session ?? null,
    chooseInputSize: (inputSize) => void want({ inputSize }),
    choosePipeline: (pipeline) => void want({ pipeline }),
    setFrozen: (frozen) => page.setFrozen(frozen),
    setView(change) {
      view.setState(change);
      picture.repaint();
      kept.save();
    },
    classAt: (x01, y01) => picture.classAt(x01, y01),
    // Loaded on first use: PNG encoding must not delay the first overlay.
    async screenshot() {
      const { takeScreenshot } = await import('./screenshot.ts');
      return takeScreenshot({
        painted: picture.last(),
        segmenter: place.segmenter() ?? engine.current(),
        source: sources.current(),
        snapshot: meter.snapshot(),
        style: picture.style(),
      });
    },
    dismissNotice: (id) => notices.dismiss(id),
    close: () => parts.close(),
  };
}
