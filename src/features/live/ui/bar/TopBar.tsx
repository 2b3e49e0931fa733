/** The top bar: views, source and model, screenshot, theme and help. */
import type { ReactNode } from 'react';
import { AgentControls, AgentsContext, TestDoubleBanner } from '../../../agents/ui/public.ts';
import { useLiveAgents } from '../session-context.ts';
import type { PageView } from '../../../../ui-kit/use-page-view.ts';
import type { ScreenshotControls } from '../../../../ui-kit/use-screenshot.ts';
import { BackendControl, PipelineControl, SizeControl } from './EngineControls.tsx';
import { LiveHelp } from './LiveHelp.tsx';
import { ModelControl } from './ModelControl.tsx';
import { ScreenshotControl } from '../../../../ui-kit/ScreenshotControl.tsx';
import { SourceControl } from './SourceControl.tsx';
import { StatusLine } from './StatusLine.tsx';
import { ThemeControl } from './ThemeControl.tsx';
import { ViewLinks } from '../../../../ui-kit/ViewLinks.tsx';

interface TopBarProps {
  readonly view: PageView;
  readonly screenshot: ScreenshotControls;
  readonly helpOpen: boolean;
  readonly onHelpOpenChange: (open: boolean) => void;
  /** The button that opens the models dialog. */
  readonly models: ReactNode;
}

export function TopBar({ view, screenshot, helpOpen, onHelpOpenChange, models }: TopBarProps) {
  const live = view === 'live';
  const agents = useLiveAgents();
  return (
    <header className="top-bar">
      <div className="top-bar-row">
        <h1 className="wordmark">Segscope</h1>
        <ViewLinks view={view} />
        {live && (
          <div className="fields" role="group" aria-label="Source and model">
            <SourceControl />
            {agents === null && <ModelControl />}
            {models}
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
          <LiveHelp open={helpOpen} onOpenChange={onHelpOpenChange} />
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
}
