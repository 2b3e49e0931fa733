/** The three rates, each by its own name, and the skipped count. */
import { memo } from 'react';
import { formatCount, formatRate } from '../../../../domain/quantity.ts';
import { useTiming } from '../session-context.ts';

export const Rates = memo(function Rates() {
  const rates = useTiming((state) => state.snapshot?.rates ?? null);
  return (
    <dl className="rates">
      <Rate
        name="frames/s end to end"
        meaning="Painted frames per second of wall clock"
        value={formatRate(rates?.framesPerSecond ?? null)}
      />
      <Rate
        name="model rate"
        note="1000 / median inference"
        meaning="What the network alone could do; not a frame rate"
        value={formatRate(rates?.modelPerSecond ?? null)}
      />
      <Rate
        name="source pictures/s"
        meaning="Different pictures that the source delivered per second"
        value={formatRate(rates?.sourcePerSecond ?? null)}
      />
      <Rate
        name="skipped"
        note="source pictures"
        meaning="Source pictures that passed while a frame was in flight"
        value={formatCount(rates?.skipped ?? null)}
      />
    </dl>
  );
});

interface RateProps {
  readonly name: string;
  readonly note?: string;
  readonly meaning: string;
  readonly value: string;
}

function Rate({ name, note, meaning, value }: RateProps) {
  return (
    <div className="rate" title={meaning}>
      <dt>
        {name} {note !== undefined && <span className="rate-note">{note}</span>}
      </dt>
      <dd>{value}</dd>
    </div>
  );
}
