/** The screenshot button and its popover: a preview and the files to save, or one line about what went wrong. */
import { Popover } from 'radix-ui';
import { useRef } from 'react';
import { CloseIcon } from './icons.tsx';
import type { ScreenshotControls, ScreenshotLink } from './use-screenshot.ts';
import { formatBytes } from '../domain/quantity.ts';

export function ScreenshotControl({ controls }: { readonly controls: ScreenshotControls }) {
  const { state, take, dismiss } = controls;
  const button = useRef<HTMLButtonElement>(null);
  return (
    <Popover.Root
      open={state.kind === 'taken' || state.kind === 'failed'}
      onOpenChange={(open) => {
        if (!open) dismiss();
      }}
    >
      <Popover.Anchor asChild>
        <button
          ref={button}
          type="button"
          className="button"
          aria-disabled={state.kind === 'taking'}
          onClick={take}
        >
          Screenshot
        </button>
      </Popover.Anchor>
      <Popover.Portal>
        <Popover.Content
          className="list popover"
          sideOffset={4}
          align="end"
          collisionPadding={8}
          aria-label="Screenshot"
          onCloseAutoFocus={(event) => {
            event.preventDefault();
            button.current?.focus();
          }}
        >
          {state.kind === 'taken' && <Taken report={state.report} others={state.others} />}
          {state.kind === 'failed' && (
            <p role="alert" className="popover-line">
              {state.text.sentence} {state.text.nextStep}
            </p>
          )}
          <Popover.Close className="button button-square popover-close" aria-label="Close screenshot">
            <CloseIcon />
          </Popover.Close>
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  );
}

interface TakenProps {
  readonly report: ScreenshotLink;
  readonly others: readonly ScreenshotLink[];
}

function Taken({ report, others }: TakenProps) {
  return (
    <>
      <p role="status" className="popover-line">
        Saved the {report.title}.{others.length > 0 && ' All three show the same frame.'}
      </p>
      <img className="popover-preview" src={report.url} alt="Preview of the report picture" />
      <ul className="popover-files">
        {[report, ...others].map((link) => (
          <li key={link.title}>
            <a href={link.url} download={link.fileName}>
              Save {link.title}
            </a>
            <span className="quiet">
              {link.fileName}, {formatBytes(link.bytes)}
            </span>
          </li>
        ))}
      </ul>
    </>
  );
}
