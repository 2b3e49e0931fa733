/** Where the runs of a report were measured: every different page, browser and device, with the runs it holds. */
import { isOnAgent } from '../domain/agent-description.ts';
import type { RunRecord } from '../domain/measuring/run.ts';

/** JSON text. @param date of the report */
export function environmentJson(runs: readonly RunRecord[], date: Date): string {
  const environments = new Map<string, { environment: Environment; runs: string[] }>();
  for (const run of runs) {
    const environment = environmentOf(run);
    const key = JSON.stringify(environment);
    const known = environments.get(key) ?? { environment, runs: [] };
    known.runs.push(run.id);
    environments.set(key, known);
  }
  const file = {
    writtenAt: date.toISOString(),
    environments: [...environments.values()].map(({ environment, runs: ids }) => ({
      ...environment,
      runs: ids,
    })),
  };
  return `${JSON.stringify(file, null, 2)}\n`;
}

type Environment = ReturnType<typeof environmentOf>;

function environmentOf({ configuration }: RunRecord) {
  const { segmenter } = configuration;
  return {
    segscopeVersion: configuration.segscopeVersion,
    userAgent: configuration.userAgent,
    hardwareConcurrency: configuration.hardwareConcurrency,
    crossOriginIsolated: configuration.crossOriginIsolated,
    runtime: segmenter.runtime,
    backend: segmenter.backend,
    device: segmenter.device,
    softwareRendered: segmenter.softwareRendered,
    simd: segmenter.simd,
    threads: segmenter.threads,
    float16Textures: segmenter.float16Textures,
    agent: isOnAgent(segmenter)
      ? {
          address: segmenter.agentAddress,
          deviceAsked: segmenter.deviceAsked,
          deviceUsed: segmenter.deviceUsed,
          ...segmenter.machine,
        }
      : null,
  };
}
