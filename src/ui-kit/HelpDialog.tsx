/** The help of either page: shortcuts, what the numbers mean, privacy, limits. */
import { Dialog } from 'radix-ui';
import { CloseIcon } from './icons.tsx';
import { SHORTCUTS } from './use-shortcuts.ts';

const NUMBERS: readonly (readonly [term: string, meaning: string])[] = [
  [
    'frames/s end to end',
    'painted frames per second of wall clock, from asking for a picture to having drawn it',
  ],
  ['model rate', '1000 / median inference: what the network alone could do; never a frame rate'],
  ['source pictures/s', 'different pictures that the source delivered per second'],
  ['skipped', 'source pictures that passed while a frame was in flight; they are counted, never queued'],
  [
    'capture',
    'from asking for a frame until its pixels are at hand; waiting for a new picture is part of it',
  ],
  ['encode', 'pixels to bytes for the socket to an agent; 0 in the browser'],
  ['transport', 'to the worker or the agent and back, minus all that the far side measured'],
  ['preprocess', 'resize, pad, normalise and upload, until the input tensor is on the device'],
  ['inference', 'from the start of the network until its logits are readable'],
  ['postprocess', 'upsampling and argmax, until the label map is ready'],
  ['paint', 'from the label map to the drawn picture'],
  [
    'median, p90, p95, p99',
    'over the n frames of the table, counted anew after every change of configuration; cold numbers are apart',
  ],
];

const LIMITS: readonly string[] = [
  'A network knows only the classes that it was trained on (VOC: 20 kinds of things); whatever else is in the picture becomes background or the class that it resembles.',
  'A new picture is asked for only when the last one is painted: a slow model skips pictures instead of falling behind.',
  'Without cross-origin isolation there are no threads, and clocks are 0.1 ms coarse.',
  'Numbers of a software-rendered graphics device say nothing about a real one.',
];

interface HelpDialogProps {
  readonly open: boolean;
  readonly onOpenChange: (open: boolean) => void;
  /** What this page has beside the live picture. */
  readonly about: HelpAbout;
  /** Where pictures go, one paragraph. */
  readonly privacy: string;
}

export interface HelpAbout {
  readonly heading: string;
  readonly terms: readonly (readonly [term: string, meaning: string])[];
}

export function HelpDialog({ open, onOpenChange, about, privacy }: HelpDialogProps) {
  return (
    <Dialog.Root open={open} onOpenChange={onOpenChange}>
      <Dialog.Trigger className="button button-square" aria-label="Help">
        ?
      </Dialog.Trigger>
      <Dialog.Portal>
        <Dialog.Overlay className="dialog-veil" />
        <Dialog.Content className="dialog" aria-describedby={undefined}>
          <div className="dialog-head">
            <Dialog.Title>Help</Dialog.Title>
            <Dialog.Close className="button button-square" aria-label="Close the help">
              <CloseIcon />
            </Dialog.Close>
          </div>
          <div className="dialog-body" tabIndex={0} role="region" aria-label="Help text">
            <h3>Keyboard</h3>
            <dl className="terms">
              {SHORTCUTS.map(({ shown, words }) => (
                <div key={shown}>
                  <dt>
                    <kbd>{shown}</kbd>
                  </dt>
                  <dd>{words}</dd>
                </div>
              ))}
              <div>
                <dt>
                  <kbd>arrow keys</kbd>
                </dt>
                <dd>
                  move the crosshair while the picture has the focus; shift makes larger steps, escape removes
                  it
                </dd>
              </div>
            </dl>
            <h3>What the numbers mean</h3>
            <dl className="terms">
              {NUMBERS.map(([term, meaning]) => (
                <div key={term}>
                  <dt>{term}</dt>
                  <dd>{meaning}</dd>
                </div>
              ))}
            </dl>
            <h3>{about.heading}</h3>
            <dl className="terms">
              {about.terms.map(([term, meaning]) => (
                <div key={term}>
                  <dt>{term}</dt>
                  <dd>{meaning}</dd>
                </div>
              ))}
            </dl>
            <h3>Privacy</h3>
            <p>{privacy}</p>
            <h3>Limits</h3>
            <ul>
              {LIMITS.map((limit) => (
                <li key={limit}>{limit}</li>
              ))}
            </ul>
          </div>
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
}
