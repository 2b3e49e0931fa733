/** Progress as a bar and a share, with the time left and buttons. */
import type { ReactNode } from 'react';
import { formatShare } from '../domain/quantity.ts';

interface ProgressBarProps {
  /** Id of the element that says what is in progress. */
  readonly labelledBy: string;
  /** 0..1 */
  readonly progress01: number;
  readonly timeLeft: string;
  /** Buttons. */
  readonly children: ReactNode;
}

export function ProgressBar({ labelledBy, progress01, timeLeft, children }: ProgressBarProps) {
  return (
    <div className="progress">
      <span
        className="progress-track"
        role="progressbar"
        aria-labelledby={labelledBy}
        aria-valuemin={0}
        aria-valuemax={100}
        aria-valuenow={Math.round(progress01 * 100)}
      >
        <span className="progress-fill" style={{ transform: `scaleX(${progress01})` }} />
      </span>
      <span className="progress-share">{formatShare(progress01)}</span>
      <span className="quiet time-left">{timeLeft}</span>
      {children}
    </div>
  );
}
