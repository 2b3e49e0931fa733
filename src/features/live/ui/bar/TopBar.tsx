/** The top bar: name, what to segment and how, and the page's own buttons. */
import { memo } from 'react';
import { AgentControls } from '../../../agents/ui/AgentControls.tsx';
import { AgentsContext } from '../../../agents/ui/agents-context.ts';
import { TestDoubleBanner } from '../../../agents/ui/TestDoubleBanner.tsx';
import { useLiveAgents } from '../../../agents/ui/use-live-agents.ts';
import type { PageView } from '../../../../ui-kit/use-page-view.ts';
import type { ScreenshotControls } from '../page/use-screenshot.ts';
import { BackendControl, PipelineControl, SizeControl } from './EngineControls.tsx';
import { HelpDialog } from './HelpDialog.tsx';
import { ModelsDialog } from '../../../models/ui/ModelsDialog.tsx';
import { ModelControl } from './ModelControl.tsx';
import { ScreenshotControl } from './ScreenshotControl.tsx';
import { SourceControl } from './SourceControl.tsx';
import { StatusLine } from './StatusLine.tsx';
import { ThemeControl } from './ThemeControl.tsx';
import { ViewLinks } from './ViewLinks.tsx';

interface TopBarProps {
  readonly view: PageView;
  readonly screenshot: ScreenshotControls;
  readonly helpOpen: boolean;
  readonly onHelpOpenChange: (open: boolean) => void;
  readonly modelsOpen: boolean;
  readonly onModelsOpenChange: (open: boolean) => void;
}

export const TopBar = memo(function TopBar(props: TopBarProps) {
  const { view, screenshot, helpOpen, onHelpOpenChange, modelsOpen, onModelsOpenChange } = props;
  const live = view === 'live';
  const agents = useLiveAgents();
  return (
    <header className="top-bar">
      <div className="top-bar-row">
        <h1 className="wordmark">Segscope</h1>
        <ViewLinks view={view} />
        {live && (
          <div className="fields" role="group" aria-label="What is segmented, and how">
            <SourceControl />
            {agents === null && <ModelControl />}
            <ModelsDialog open={modelsOpen} onOpenChange={onModelsOpenChange} />
            <BackendControl agents />
            {agents === null ? (
              <>
                <SizeControl />
                <PipelineControl />
              </>
            ) : (
              <AgentsContext value={agents}>
                <AgentControls />
              </AgentsContext>
            )}
          </div>
        )}
        <div className="top-bar-actions">
          {live && <ScreenshotControl controls={screenshot} />}
          <ThemeControl />
          <HelpDialog open={helpOpen} onOpenChange={onHelpOpenChange} />
        </div>
      </div>
      {live && <StatusLine />}
      {agents !== null && (
        <AgentsContext value={agents}>
          <TestDoubleBanner />
        </AgentsContext>
      )}
    </header>
  );
});
