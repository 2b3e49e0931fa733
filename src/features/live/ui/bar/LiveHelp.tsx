/** The help of the main page. */
import { HelpDialog, type HelpAbout } from '../../../../ui-kit/HelpDialog.tsx';

const ABOUT: HelpAbout = {
  heading: 'Runs',
  terms: [
    [
      'run',
      'one setup, loaded cold in its own worker, warmed up and then measured; the live view pauses meanwhile',
    ],
    ['quick, full', 'quick = 20 frames, as in the thesis; full = at least 1,024 frames and 60 s'],
    [
      'agents',
      'another place to run: each run gets its own connection and raw pixels, and records device, library and USB port; a TEST DOUBLE is never compared',
    ],
    ['replay', 'camera frames recorded once, so that every setup sees the same frames'],
    [
      'valid',
      'the tab stayed visible, no frame was lost, the frame time did not drift, the target was reached, no tensor leaked; if a check fails, the reason appears in every table and export',
    ],
    [
      'interval',
      '95 % bootstrap interval of the median; two runs differ only if the difference stands out from the noise',
    ],
    [
      'history',
      'stored in this browser only, so export what you want to keep; a share link carries the plan, not the results',
    ],
  ],
};

const PRIVACY =
  'Pictures never leave this computer: this page segments them, uploads nothing, and loads nothing from other hosts. Only if you connect and choose an agent do pictures go to that agent.';

interface LiveHelpProps {
  readonly open: boolean;
  readonly onOpenChange: (open: boolean) => void;
}

export function LiveHelp({ open, onOpenChange }: LiveHelpProps) {
  return <HelpDialog open={open} onOpenChange={onOpenChange} about={ABOUT} privacy={PRIVACY} />;
}
