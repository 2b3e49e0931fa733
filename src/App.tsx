/** The main page: its views, keyboard shortcuts and file drops. */
import './ui-kit/index.css';
import { Suspense, lazy, useEffect, useMemo, useState, type ReactNode } from 'react';
import type { EvaluationParts } from './features/evaluate/start-evaluation.ts';
import type { LiveSession } from './features/live/live-controls.ts';
import type { RunSession } from './features/runs/run-session.ts';
import { droppedData, openDropped } from './features/evaluate/ui/data-set/dropped-folders.ts';
import { Notices } from './ui-kit/Notices.tsx';
import { ModelsContext } from './features/models/ui/models-context.ts';
import { ModelsDialog } from './features/models/ui/ModelsDialog.tsx';
import { TopBar } from './features/live/ui/bar/TopBar.tsx';
import { isModel } from './ui-kit/dropped-files.ts';
import { useFileIntake } from './ui-kit/use-file-intake.ts';
import { usePageView, type PageView } from './ui-kit/use-page-view.ts';
import { useScreenshot } from './ui-kit/use-screenshot.ts';
import { useShortcuts } from './ui-kit/use-shortcuts.ts';
import { TimingPanel } from './features/live/ui/panel/TimingPanel.tsx';
import { PicturePane } from './features/live/ui/picture/PicturePane.tsx';
import { SessionContext, useSession, useSessionState } from './features/live/ui/session-context.ts';
import { STAGE_COLORS } from './ui-kit/stage-colors.ts';

/** Loaded on demand, so that the live picture does not wait for the other views. */
const RunsView = lazy(() =>
  import('./features/runs/ui/RunsView.tsx').then(
    (chunk) => ({ default: chunk.RunsView }),
    () => ({ default: RunsMissing }),
  ),
);

const EvaluateView = lazy(() =>
  import('./features/evaluate/ui/EvaluateView.tsx').then(
    (chunk) => ({ default: chunk.EvaluateView }),
    () => ({ default: EvaluateMissing }),
  ),
);

const RunsMissing = () => <ViewMissing name="Runs" />;
const EvaluateMissing = () => <ViewMissing name="Evaluate" />;

function ViewMissing({ name }: { readonly name: string }) {
  return (
    <p className="view-part" role="alert">
      <strong>The {name} view could not be loaded.</strong> Check that the server is still running, then
      reload.
    </p>
  );
}

const DROP_WORDS: Readonly<Record<PageView, string>> = {
  live: 'Drop to open a picture or video, or to import a model. It stays on this computer.',
  runs: 'Drop to import runs from a JSON export.',
  evaluate: 'Drop a folder of pictures and masks, or a zip of one. It stays on this computer.',
};

interface AppProps {
  readonly session: LiveSession;
  /** Opens the session on the first call; later calls return the same one. */
  readonly runs: () => Promise<RunSession>;
  readonly evaluation: () => Promise<EvaluationParts>;
}

export function App({ session, runs, evaluation }: AppProps) {
  return (
    <SessionContext value={session}>
      <ModelsContext value={session}>
        <Page runs={runs} evaluation={evaluation} />
      </ModelsContext>
    </SessionContext>
  );
}

function Page({ runs, evaluation }: Pick<AppProps, 'runs' | 'evaluation'>) {
  const session = useSession();
  const view = usePageView();
  const notices = useSessionState((state) => state.notices);
  const [helpOpen, setHelpOpen] = useState(false);
  const [modelsOpen, setModelsOpen] = useState(false);
  const screenshot = useScreenshot(session);
  useLivePause(session, view === 'live');
  const takeFolder = (transfer: DataTransfer) => {
    if (view !== 'evaluate') return false;
    const data = droppedData(transfer);
    evaluation().then(
      (parts) => openDropped(parts.evaluation, data),
      // The Evaluate view already shows the problem.
      () => undefined,
    );
    return true;
  };
  const fileHeld = useFileIntake((files) => {
    const [first] = files;
    if (first === undefined) return;
    const { file } = first;
    if (view === 'live' && isModel(files)) {
      setModelsOpen(true);
      session.imports.convert(files);
    } else if (view === 'live') session.openFile(file);
    else
      runs().then(
        (runSession) => runSession.importFile(file),
        // The Runs view already shows the problem.
        () => undefined,
      );
  }, takeFolder);
  const actions = useMemo(
    () => ({
      freeze: () => session.setFrozen(session.session.getState().pause !== 'frozen'),
      outlines: () => session.setView({ outlines: !session.view.getState().outlines }),
      mirror: () => session.setView({ mirror: !session.view.getState().mirror }),
      screenshot: screenshot.take,
      help: () => setHelpOpen(true),
    }),
    [session, screenshot.take],
  );
  useShortcuts(view === 'live' ? actions : { help: actions.help });
  return (
    <div className="page" style={STAGE_COLORS}>
      <TopBar
        view={view}
        screenshot={screenshot}
        helpOpen={helpOpen}
        onHelpOpenChange={setHelpOpen}
        models={<ModelsDialog open={modelsOpen} onOpenChange={setModelsOpen} />}
      />
      <main className="work" hidden={view !== 'live'}>
        <PicturePane />
        <TimingPanel />
      </main>
      <Kept shown={view === 'runs'}>
        <RunsView open={runs} />
      </Kept>
      <Kept shown={view === 'evaluate'}>
        <EvaluateView open={evaluation} />
      </Kept>
      <Notices notices={notices} onDismiss={(id) => session.dismissNotice(id)} />
      {fileHeld && (
        <div className="drop-hint" role="status">
          <p>{DROP_WORDS[view]}</p>
        </div>
      )}
    </div>
  );
}

/** Mounted on the first visit and then kept, so that a half-made plan survives a switch to the live view. */
function Kept({ shown, children }: { readonly shown: boolean; readonly children: ReactNode }) {
  const [visited, setVisited] = useState(shown);
  if (shown && !visited) setVisited(true);
  if (!visited) return null;
  return (
    <main className="view" hidden={!shown}>
      <Suspense fallback={null}>{children}</Suspense>
    </main>
  );
}

/** Freezes the live view while another view is shown: its frames would use a whole core although they are not visible. */
function useLivePause(session: LiveSession, shown: boolean): void {
  useEffect(() => {
    // A picture that the user froze stays frozen.
    if (shown || session.session.getState().pause === 'frozen') return;
    session.setFrozen(true);
    return () => session.setFrozen(false);
  }, [session, shown]);
}
