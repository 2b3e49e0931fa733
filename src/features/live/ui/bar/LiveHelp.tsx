/** The help of the page with the views. */
import { HelpDialog, type HelpAbout } from '../../../../ui-kit/HelpDialog.tsx';

const ABOUT: HelpAbout = {
  heading: 'Runs',
  terms: [
    [
      'run',
      'one configuration, loaded cold in a worker of its own, warmed up, then measured; the live picture rests meanwhile',
    ],
    ['quick, full', 'quick = 20 frames, as the thesis measured; full = at least 1,024 frames and 60 s'],
    [
      'agents',
      'one more device of a plan: a connection of its own for every run, raw pixels, and device, library and USB port in the record; a TEST DOUBLE is never compared with anything',
    ],
    ['replay', 'camera frames recorded once, so that every configuration sees the same ones'],
    [
      'valid',
      'the tab was visible throughout, nothing was lost, no drift of the frame time can be told from noise, the target was reached, no tensor is left; a run that fails says which, in every table and export',
    ],
    [
      'interval',
      '95 % bootstrap interval of the median; two runs differ only when the difference is told from noise',
    ],
    [
      'history',
      'kept in this browser only; export it to keep it elsewhere, a share link carries the plan, not the figures',
    ],
  ],
};

const PRIVACY =
  'Pictures never leave this computer. They are segmented in this page; nothing is uploaded, and nothing is loaded from another host. Only where you connect an agent, and choose it, do pictures go to that agent.';

interface LiveHelpProps {
  readonly open: boolean;
  readonly onOpenChange: (open: boolean) => void;
}

export function LiveHelp({ open, onOpenChange }: LiveHelpProps) {
  return <HelpDialog open={open} onOpenChange={onOpenChange} about={ABOUT} privacy={PRIVACY} />;
}
