/** What the agent prints when it is ready. */
import type { AnswerOf } from '../../src/protocol/answers.ts';

export interface Reachability {
  readonly port: number;
  readonly token: string;
  readonly lan: boolean;
}

export function startUpReport(greeted: AnswerOf<'greeted'>, { port, token, lan }: Reachability): string {
  const { edgeTpu, engineSentence, host, models, unusableModels } = greeted;
  return [
    `Segscope agent ${greeted.agentVersion} on ${host.board ?? host.system} (${host.architecture}, ${host.cores} cores)`,
    `  CPU:      ${engineSentence}`,
    `  Edge TPU: ${edgeTpu.sentence}`,
    `  Models:   ${models.length === 0 ? 'none' : ''}`,
    ...models.map(
      ({ modelId, inputSize, inputType, edgeTpuTwin }) =>
        `    ${modelId} (${inputSize} x ${inputSize}, ${inputType}${edgeTpuTwin === null ? '' : ', with its Edge TPU file'})`,
    ),
    ...unusableModels.map(({ modelId, reason }) => `    not usable: ${modelId}: ${reason}`),
    `Open http://localhost:${port}/pi.html#token=${token}`,
    ...(lan
      ? [`Reachable from the network, without encryption. Pairing code for pages elsewhere: ${token}`]
      : []),
    'Stop it with Ctrl+C.',
  ].join('\n');
}
