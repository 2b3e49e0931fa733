/** The help of the companion page: what stands beside the browser's own numbers. */
import { HelpDialog, type HelpAbout } from '../../../ui-kit/HelpDialog.tsx';

const ABOUT: HelpAbout = {
  heading: 'Browser and agent',
  terms: [
    [
      'agent',
      'the process on another device, or on this one, that runs .tflite models on a CPU or an Edge TPU',
    ],
    ['locked', 'both sides get the same bytes in turn: for comparing labels and times'],
    ['free', 'each side as fast as it can: for comparing rates; labels are not compared'],
    [
      'agreement',
      'share of the pixels of one frame on which both sides name the same class; the map shows where they differ',
    ],
    [
      'factor',
      "the browser's time over the agent's, with its 95 % interval; locked frames are compared one by one",
    ],
    ['tail', 'cut: the agent does the last resizing and the argmax itself; stock: the file as published'],
    [
      'inference of an Edge TPU',
      "partly time of the host's CPU, which runs the operators that were not compiled",
    ],
    [
      'transport',
      "the network, and waiting for other pages' frames; only durations come from the agent, never its clock",
    ],
    ['throttling', 'as the Raspberry Pi tells it: now, and since it was started'],
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

export function CompanionHelp({ open, onOpenChange }: CompanionHelpProps) {
  return <HelpDialog open={open} onOpenChange={onOpenChange} about={ABOUT} privacy={PRIVACY} />;
}
