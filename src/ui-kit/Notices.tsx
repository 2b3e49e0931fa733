/** One line per notice, a sentence and the next step, until it is dismissed. */
import { CloseIcon, InfoIcon, ProblemIcon } from './icons.tsx';

interface Notice {
  readonly id: number;
  readonly tone: 'info' | 'problem';
  readonly sentence: string;
  readonly nextStep: string;
}

interface NoticesProps {
  readonly notices: readonly Notice[];
  readonly onDismiss: (id: number) => void;
}

/** Both live regions are always there: screen readers announce only what appears inside a region they already know. */
export function Notices({ notices, onDismiss }: NoticesProps) {
  const linesOf = (tone: Notice['tone']) =>
    notices
      .filter((notice) => notice.tone === tone)
      .map((notice) => <Line key={notice.id} notice={notice} onDismiss={onDismiss} />);
  return (
    <footer className="notices" aria-label="Notices">
      <div role="alert">{linesOf('problem')}</div>
      <div role="status">{linesOf('info')}</div>
    </footer>
  );
}

interface LineProps {
  readonly notice: Notice;
  readonly onDismiss: (id: number) => void;
}

function Line({ notice: { id, tone, sentence, nextStep }, onDismiss }: LineProps) {
  return (
    <p className={`notice notice-${tone}`}>
      {tone === 'problem' ? <ProblemIcon /> : <InfoIcon />}
      <span className="notice-words">
        <strong>{sentence}</strong> {nextStep}
      </span>
      <button
        type="button"
        className="button button-square"
        aria-label={`Dismiss: ${sentence}`}
        onClick={() => onDismiss(id)}
      >
        <CloseIcon />
      </button>
    </p>
  );
}
