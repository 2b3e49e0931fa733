/** What happened, one line each: a sentence and the next step, until it is dismissed. */
import { memo } from 'react';
import type { Notice } from '../../../app/session-store.ts';
import { CloseIcon, InfoIcon, ProblemIcon } from '../../../ui-kit/icons.tsx';
import { useSession, useSessionState } from './session-context.ts';

/** Both live regions are always there: readers announce only what appears inside a region they already know. */
export const Notices = memo(function Notices() {
  const notices = useSessionState((state) => state.notices);
  return (
    <footer className="notices" aria-label="Notices">
      <div role="alert">
        <Lines notices={notices.filter(({ tone }) => tone === 'problem')} />
      </div>
      <div role="status">
        <Lines notices={notices.filter(({ tone }) => tone === 'info')} />
      </div>
    </footer>
  );
});

function Lines({ notices }: { readonly notices: readonly Notice[] }) {
  const session = useSession();
  return notices.map(({ id, tone, sentence, nextStep }) => (
    <p key={id} className={`notice notice-${tone}`}>
      {tone === 'problem' ? <ProblemIcon /> : <InfoIcon />}
      <span className="notice-words">
        <strong>{sentence}</strong> {nextStep}
      </span>
      <button
        type="button"
        className="button button-square"
        aria-label={`Dismiss: ${sentence}`}
        onClick={() => session.dismissNotice(id)}
      >
        <CloseIcon />
      </button>
    </p>
  ));
}
