/** The combinations that a plan leaves out, by reason. */
import { counted } from '../domain/quantity.ts';

/** Combinations that share a reason. */
export interface LeftOut {
  /** One sentence. */
  readonly reason: string;
  readonly count: number;
}

interface LeftOutListProps {
  readonly leftOut: readonly LeftOut[];
}

export function LeftOutList({ leftOut }: LeftOutListProps) {
  if (leftOut.length === 0) return null;
  return (
    <ul className="reasons" aria-label="Left out">
      {leftOut.map(({ reason, count }) => (
        <li key={reason}>
          <strong>{counted(count, 'configuration')} left out:</strong> {reason}
        </li>
      ))}
    </ul>
  );
}
