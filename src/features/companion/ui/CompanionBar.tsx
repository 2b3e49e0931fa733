/** The companion page's bar: what the browser runs, what the agent runs, and how the two are compared. */
import { memo } from 'react';
import { BackendControl, PipelineControl, SizeControl } from '../../live/ui/bar/EngineControls.tsx';
import { ModelControl } from '../../live/ui/bar/ModelControl.tsx';
import { ScreenshotControl } from '../../../ui-kit/ScreenshotControl.tsx';
import { SourceControl } from '../../live/ui/bar/SourceControl.tsx';
import { StatusLine } from '../../live/ui/bar/StatusLine.tsx';
import { ThemeControl } from '../../live/ui/bar/ThemeControl.tsx';
import { ViewLinks } from '../../../ui-kit/ViewLinks.tsx';
import type { ScreenshotControls } from '../../../ui-kit/use-screenshot.ts';
import { AgentControls } from '../../agents/ui/AgentControls.tsx';
import { CompanionHelp } from './CompanionHelp.tsx';
import { ComparisonControls } from './ComparisonControls.tsx';
import { classNames } from '../../../ui-kit/class-names.ts';
import styles from './companion.module.css';

interface CompanionBarProps {
  readonly screenshot: ScreenshotControls;
  readonly helpOpen: boolean;
  readonly onHelpOpenChange: (open: boolean) => void;
}

export const CompanionBar = memo(function CompanionBar(props: CompanionBarProps) {
  const { screenshot, helpOpen, onHelpOpenChange } = props;
  return (
    <header className={classNames('top-bar', styles.companionBar)}>
      <div className="top-bar-row">
        <h1 className="wordmark">Segscope</h1>
        <ViewLinks view="companion" />
        <div className="top-bar-actions">
          <ScreenshotControl controls={screenshot} />
          <ThemeControl />
          <CompanionHelp open={helpOpen} onOpenChange={onHelpOpenChange} />
        </div>
      </div>
      <div className={styles.sideFields}>
        <p className={styles.sideName} id="browser-side">
          Browser
        </p>
        <div className="fields" role="group" aria-labelledby="browser-side">
          <SourceControl />
          <ModelControl />
          <BackendControl />
          <SizeControl />
          <PipelineControl />
        </div>
      </div>
      <div className={styles.sideFields}>
        <p className={styles.sideName} id="agent-side">
          Agent
        </p>
        <div className="fields" role="group" aria-labelledby="agent-side">
          <AgentControls />
        </div>
        <div
          className={classNames('fields', styles.fieldsComparison)}
          role="group"
          aria-label="How the two are compared"
        >
          <ComparisonControls />
        </div>
      </div>
      <StatusLine />
    </header>
  );
});
