/** Everything that was scored here: table, plot, one result in full, two compared. */
import { useCallback, useId, useState } from 'react';
import { resultsOf, useEvaluationState } from '../evaluation-context.ts';
import { AccuracyLatencySection } from './AccuracyLatencySection.tsx';
import { LabSection } from './LabSection.tsx';
import { PairedSection } from './PairedSection.tsx';
import { ResultDetails } from './ResultDetails.tsx';
import { ResultTable } from './ResultTable.tsx';
import { ResultTools } from './ResultTools.tsx';

export function ResultsSection() {
  const status = useEvaluationState((state) => state.results);
  const results = resultsOf(status);
  const [marked, setMarked] = useState<readonly string[]>([]);
  const [openId, setOpenId] = useState<string | null>(null);
  const id = useId();
  const onSelect = useCallback(
    (one: string, selected: boolean) =>
      setMarked((before) => (selected ? [...before, one] : before.filter((other) => other !== one))),
    [setMarked],
  );
  const onOpen = useCallback(
    (one: string) => setOpenId((before) => (before === one ? null : one)),
    [setOpenId],
  );
  // What was deleted elsewhere is no longer marked.
  const selected = marked.filter((one) => results.some((result) => result.id === one));
  const open = results.find((result) => result.id === openId);
  const [baseline, ...others] = selected.flatMap((one) => results.find((result) => result.id === one) ?? []);
  const [other] = others;
  return (
    <>
      <section className="view-part" aria-labelledby={id}>
        <h2 id={id}>Results</h2>
        {status.kind === 'loading' && (
          <p className="quiet" role="status">
            Reading the results…
          </p>
        )}
        {status.kind === 'ready' && results.length === 0 && (
          <p className="quiet">
            Nothing was scored yet. A result stays in this browser until you delete or export it.
          </p>
        )}
        {results.length > 0 && (
          <>
            <ResultTools
              all={results.map((result) => result.id)}
              selected={selected}
              onDeleted={() => setMarked([])}
            />
            <ResultTable
              results={results}
              selected={selected}
              openId={openId}
              onSelect={onSelect}
              onOpen={onOpen}
            />
          </>
        )}
      </section>
      {baseline !== undefined && other !== undefined && selected.length === 2 && (
        <PairedSection baseline={baseline} other={other} onSwap={() => setMarked([other.id, baseline.id])} />
      )}
      {baseline !== undefined && others.length > 0 && <LabSection baseline={baseline} others={others} />}
      {open !== undefined && <ResultDetails result={open} onClose={() => setOpenId(null)} />}
      <AccuracyLatencySection results={results} />
    </>
  );
}
