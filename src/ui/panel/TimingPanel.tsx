/** The side panel: rates, stages, cold numbers, memory, backend, model; of an agent, what it is and why. */
import { AgentPart } from '../agents/AgentPart.tsx';
import { AgentsContext } from '../agents/agents-context.ts';
import { useLiveAgents } from '../agents/use-live-agents.ts';
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
      <Rates />
      <StageChartSection />
      <StageTable />
      {agents === null ? (
        <>
          <ColdNumbers />
          <MemoryLine />
          <BackendFacts />
          <ModelCard />
        </>
      ) : (
        <AgentsContext value={agents}>
          <AgentPart />
        </AgentsContext>
      )}
    </section>
  );
}
