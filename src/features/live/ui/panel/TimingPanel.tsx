/** The side panel: rates, stages, cold numbers, memory, backend, model; of an agent, what it is and why. */
import type { ReactNode } from 'react';
import { AgentPart } from '../../../agents/ui/AgentPart.tsx';
import { AgentsContext, useShownAgent } from '../../../agents/ui/agents-context.ts';
import { useLiveAgents } from '../../../agents/ui/use-live-agents.ts';
import { BackendFacts } from './BackendFacts.tsx';
import { ColdNumbers } from './ColdNumbers.tsx';
import { MemoryLine } from './MemoryLine.tsx';
import { ModelCard } from './ModelCard.tsx';
import { Rates } from './Rates.tsx';
import { StageChartSection } from './StageChartSection.tsx';
import { StageTable } from './StageTable.tsx';

export function TimingPanel() {
  const agents = useLiveAgents();
  return (
    <section className="panel" aria-label="Measurements" tabIndex={0}>
      {agents === null ? (
        <>
          <Stages />
          <ColdNumbers />
          <MemoryLine />
          <BackendFacts />
          <ModelCard />
        </>
      ) : (
        <AgentsContext value={agents}>
          <AroundAgent>
            <Stages />
          </AroundAgent>
        </AgentsContext>
      )}
    </section>
  );
}

function Stages() {
  return (
    <>
      <Rates />
      <StageChartSection />
      <StageTable />
    </>
  );
}

/** What an agent needs of a person comes before numbers that are not its own. */
function AroundAgent({ children }: { readonly children: ReactNode }) {
  const running = useShownAgent()?.engine.kind === 'running';
  return (
    <>
      {!running && <AgentPart />}
      {running && children}
      {running && <AgentPart />}
    </>
  );
}
