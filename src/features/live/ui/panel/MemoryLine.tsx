/** Tensors and bytes that the runtime holds, and whether they grow. */
import { memo } from 'react';
import type { MemoryReading } from '../../../../domain/measuring/timing-snapshot.ts';
import { formatBytes, formatCount } from '../../../../domain/quantity.ts';
import { useSessionState, useTiming } from '../session-context.ts';
import { Fact } from '../../../../ui-kit/Fact.tsx';

export const MemoryLine = memo(function MemoryLine() {
  const memory = useTiming((state) => state.snapshot?.memory ?? null);
  const runtime = useSessionState(({ engine }) =>
    engine.kind === 'running' ? engine.description.runtime : '',
  );
  return (
    <section className="panel-part">
      <h2>Memory</h2>
      <dl className="facts facts-row">
        <Fact name="tensors">{formatCount(memory?.tensors ?? null)}</Fact>
        <Fact name="bytes">{formatBytes(memory?.bytes ?? null)}</Fact>
        <Fact name="verdict">{memory === null ? 'not measured yet' : verdictWords(memory)}</Fact>
      </dl>
      {runtime.startsWith('LiteRT.js') && (
        <p className="quiet">
          LiteRT.js does not say what its network takes: only tensors handed to and from it are counted, and
          between frames there are none.
        </p>
      )}
    </section>
  );
});

function verdictWords({ verdict, tensorsGrown }: MemoryReading): string {
  switch (verdict) {
    case 'measuring':
      return 'measuring…';
    case 'steady':
      return 'steady, no tensor left behind';
    case 'growing':
      return `growing, ${formatCount(tensorsGrown)} more tensors than after loading`;
  }
}
