/** The side panel: agents, who is faster, charts, tables, telemetry, and why the browser's backend. */
import { BackendFacts } from '../../../live/ui/panel/BackendFacts.tsx';
import { AgentPart } from '../../../agents/ui/AgentPart.tsx';
import { SidesCharts } from './SidesCharts.tsx';
import { SidesRates } from './SidesRates.tsx';
import { SidesTable } from './SidesTable.tsx';
import { SpeedPart } from './SpeedPart.tsx';
import { TelemetryPart } from './TelemetryPart.tsx';

export function CompanionPanel() {
  return (
    <section className="panel" aria-label="Measurements" tabIndex={0}>
      <AgentPart />
      <SpeedPart />
      <SidesCharts />
      <SidesRates />
      <SidesTable />
      <TelemetryPart />
      <BackendFacts />
    </section>
  );
}
