/** The companion page: the same frame in the browser and on an agent; draws the session's stores and calls it. */
// Imported first, so that a feature's own styles override it.
import '../../../ui-kit/index.css';
import { useMemo, useState } from 'react';
import { Notices } from '../../../ui-kit/Notices.tsx';
import { classNames } from '../../../ui-kit/class-names.ts';
import { STAGE_COLORS } from '../../../ui-kit/stage-colors.ts';
import { useFileIntake } from '../../../ui-kit/use-file-intake.ts';
import { useScreenshot } from '../../../ui-kit/use-screenshot.ts';
import { useShortcuts } from '../../../ui-kit/use-shortcuts.ts';
import { AgentPart } from '../../agents/ui/AgentPart.tsx';
import { TestDoubleBanner } from '../../agents/ui/TestDoubleBanner.tsx';
import { AgentsContext } from '../../agents/ui/agents-context.ts';
import { BackendFacts } from '../../live/ui/panel/BackendFacts.tsx';
import { SessionContext, useSession, useSessionState } from '../../live/ui/session-context.ts';
import type { CompanionSession } from '../companion-session.types.ts';
import { CompanionBar } from './CompanionBar.tsx';
import { CompanionContext, useCompanion } from './companion-context.ts';
import { SidesCharts } from './panel/SidesCharts.tsx';
import { SidesRates } from './panel/SidesRates.tsx';
import { SidesTable } from './panel/SidesTable.tsx';
import { SpeedPart } from './panel/SpeedPart.tsx';
import { TelemetryPart } from './panel/TelemetryPart.tsx';
import { PicturesPane } from './pictures/PicturesPane.tsx';
import styles from './companion.module.css';

export function CompanionApp({ session }: { readonly session: CompanionSession }) {
  return (
    <SessionContext value={session.live}>
      <AgentsContext value={session}>
        <CompanionContext value={session}>
          <CompanionPage />
        </CompanionContext>
      </AgentsContext>
    </SessionContext>
  );
}

function CompanionPage() {
  const live = useSession();
  const screenshot = useScreenshot(useCompanion());
  const notices = useSessionState((state) => state.notices);
  const [helpOpen, setHelpOpen] = useState(false);
  const fileHeld = useFileIntake((files) => {
    const [first] = files;
    if (first !== undefined) live.openFile(first.file);
  });
  const actions = useMemo(
    () => ({
      freeze: () => live.setFrozen(live.session.getState().pause !== 'frozen'),
      outlines: () => live.setView({ outlines: !live.view.getState().outlines }),
      mirror: () => live.setView({ mirror: !live.view.getState().mirror }),
      screenshot: screenshot.take,
      help: () => setHelpOpen(true),
    }),
    [live, screenshot.take],
  );
  useShortcuts(actions);
  return (
    <div className={classNames('page', styles.companion)} style={STAGE_COLORS}>
      <div>
        <CompanionBar screenshot={screenshot} helpOpen={helpOpen} onHelpOpenChange={setHelpOpen} />
        <TestDoubleBanner />
      </div>
      <main className="work">
        <PicturesPane />
        <CompanionPanel />
      </main>
      <Notices notices={notices} onDismiss={(id) => live.dismissNotice(id)} />
      {fileHeld && (
        <div className="drop-hint" role="status">
          <p>Drop to open a picture or video on both sides. It goes to the agent, and nowhere else.</p>
        </div>
      )}
    </div>
  );
}

/** The side panel: agents, who is faster, charts, tables, telemetry, and why the browser's backend. */
function CompanionPanel() {
  return (
    <section className="panel" aria-label="Measurements" tabIndex={0}>
      <AgentPart />
      <SpeedPart />
      <SidesCharts />
      <SidesRates />
      <SidesTable />
      <TelemetryPart />
      <BackendFacts />
    </section>
  );
}
