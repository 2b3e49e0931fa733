/** The companion page's bar: what the browser runs, what the agent runs, and how the two are compared. */
import { memo } from 'react';
import { HelpDialog, type HelpAbout } from '../../../ui-kit/HelpDialog.tsx';
import { ScreenshotControl } from '../../../ui-kit/ScreenshotControl.tsx';
import { ViewLinks } from '../../../ui-kit/ViewLinks.tsx';
import { classNames } from '../../../ui-kit/class-names.ts';
import type { ScreenshotControls } from '../../../ui-kit/use-screenshot.ts';
import { AgentControls } from '../../agents/ui/AgentControls.tsx';
import { BackendControl, PipelineControl, SizeControl } from '../../live/ui/bar/EngineControls.tsx';
import { ModelControl } from '../../live/ui/bar/ModelControl.tsx';
import { SourceControl } from '../../live/ui/bar/SourceControl.tsx';
import { StatusLine } from '../../live/ui/bar/StatusLine.tsx';
import { ThemeControl } from '../../live/ui/bar/ThemeControl.tsx';
import { ComparisonControls } from './ComparisonControls.tsx';
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

/** The help of the companion page: what the page adds to the live view. */
const ABOUT: HelpAbout = {
  heading: 'Browser and agent',
  terms: [
    [
      'agent',
      'the process on another device, or on this one, that runs .tflite models on a CPU or an Edge TPU',
    ],
    ['locked', 'both sides get the same bytes in turn: for comparing labels and times'],
    ['free', 'each side runs as fast as it can: for comparing rates; labels are not compared'],
    [
      'agreement',
      "share of a frame's pixels where both sides see the same class; the map shows where they differ",
    ],
    [
      'factor',
      "the browser's time over the agent's, with its 95 % interval; locked frames are compared one by one",
    ],
    ['tail', 'cut: the agent does the last resizing and the argmax itself; stock: the file as published'],
    [
      'Edge TPU inference',
      "includes time on the host's CPU, which runs the operators that were not compiled for the Edge TPU",
    ],
    [
      'transport',
      "the network, plus waiting for other pages' frames; the agent sends durations, never clock times",
    ],
    ['throttling', 'as reported by the Raspberry Pi: now, and since boot'],
    [
      'TEST DOUBLE',
      'a stand-in for the Edge TPU library: its times and labels mean nothing and are not compared',
    ],
  ],
};

const PRIVACY =
  'Pictures go to the agent that is shown, and nowhere else. Nothing is loaded from another host.';

interface CompanionHelpProps {
  readonly open: boolean;
  readonly onOpenChange: (open: boolean) => void;
}

function CompanionHelp({ open, onOpenChange }: CompanionHelpProps) {
  return <HelpDialog open={open} onOpenChange={onOpenChange} about={ABOUT} privacy={PRIVACY} />;
}
