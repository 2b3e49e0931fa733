/** The help of both pages: shortcuts, what the numbers mean, privacy, limits. */
import { Dialog } from 'radix-ui';
import { CloseIcon } from './icons.tsx';
import { SHORTCUTS } from './use-shortcuts.ts';

const NUMBERS: readonly Term[] = [
  [
    'frames/s end to end',
    'frames painted per second of wall-clock time, from asking for a picture to drawing it',
  ],
  ['model rate', '1000 / median inference: what the network alone could sustain; never a frame rate'],
  ['source pictures/s', 'new pictures per second from the source'],
  ['skipped', 'source pictures that arrived while a frame was in flight: they are counted, never queued'],
  ['capture', 'from asking for a frame to having its pixels, including the wait for a new picture'],
  ['encode', 'turning pixels into bytes for an agent; 0 in the browser'],
  ['transport', 'to the worker or agent and back, minus everything that the far side measured'],
  ['preprocess', 'resize, pad, normalise and upload, until the input tensor is on the device'],
  ['inference', 'from starting the network until its logits can be read'],
  ['postprocess', 'upsampling and argmax, until the label map is ready'],
  ['paint', 'from the label map to the drawn picture'],
  [
    'median, p90, p95, p99',
    'over the n frames in the table; every change of setup starts again, and cold-start numbers are separate',
  ],
];

const LIMITS: readonly string[] = [
  'A network knows only the classes that it was trained on (VOC has 20). Everything else becomes background or the most similar class.',
  'The page asks for a new picture only after painting the last one: a slow model skips pictures instead of falling behind.',
  'Without cross-origin isolation there are no threads, and the clock resolution is 0.1 ms.',
  'Numbers from a software-rendered GPU say nothing about a real one.',
];

type Term = readonly [term: string, meaning: string];

interface HelpDialogProps {
  readonly open: boolean;
  readonly onOpenChange: (open: boolean) => void;
  /** The part about this page. */
  readonly about: HelpAbout;
  /** Where pictures go: one paragraph. */
  readonly privacy: string;
}

export interface HelpAbout {
  readonly heading: string;
  readonly terms: readonly Term[];
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
            <Dialog.Close className="button button-square" aria-label="Close help">
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
                  move the crosshair while the picture has focus; Shift: larger steps, Escape: remove it
                </dd>
              </div>
            </dl>
            <h3>What the numbers mean</h3>
            <Terms terms={NUMBERS} />
            <h3>{about.heading}</h3>
            <Terms terms={about.terms} />
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

function Terms({ terms }: { readonly terms: readonly Term[] }) {
  return (
    <dl className="terms">
      {terms.map(([term, meaning]) => (
        <div key={term}>
          <dt>{term}</dt>
          <dd>{meaning}</dd>
        </div>
      ))}
    </dl>
  );
}
