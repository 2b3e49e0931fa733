/** How the agreement went over the last frames. */
import { memo } from 'react';
import { Trace } from '../panel/Trace.tsx';
import { useCompanionTiming } from '../companion-context.ts';

/** Frames from the left edge to the right. */
const FRAMES = 240;

export const AgreementTrace = memo(function AgreementTrace() {
  const history = useCompanionTiming((state) => state.agreementHistory);
  const points = history.map(({ overall01 }, index) => ({ at: index, value: overall01 * 100 }));
  return (
    <Trace
      name={`Agreement over the last ${FRAMES} frames`}
      unit="%"
      decimals={1}
      step={5}
      span={FRAMES - 1}
      traces={[{ name: 'agreement', points }]}
    />
  );
});
