/** What ran, where and on which source: everything needed to compare a run's numbers. */
import { useId, type ReactNode } from 'react';
import {
  agentDeviceName,
  isOnAgent,
  placeName,
  type AnyDescription,
  modelWords,
} from '../../../../domain/agent-description.ts';
import { CODEC_WORDS } from '../../../../domain/frame-codec.ts';
import { type RunRecord, REPLAY_KEY } from '../../../../domain/measuring/run.ts';
import { Fact } from '../../../../ui-kit/Fact.tsx';
import { formatBytes, UNKNOWN } from '../../../../domain/quantity.ts';
import { isAgentSetup } from '../../../../domain/setup.ts';
import styles from '../runs.module.css';

const yesNo = (value: boolean | null) => (value === null ? UNKNOWN : value ? 'yes' : 'no');

export function RunConfiguration({ run }: { readonly run: RunRecord }) {
  const { setup, sourceKey, configuration } = run;
  const { segmenter, source, sourceWidth, sourceHeight } = configuration;
  const id = useId();
  const facts: readonly (readonly [name: string, value: ReactNode])[] = [
    ['model', modelWords(segmenter)],
    ['runtime', `${segmenter.runtime}, ${placeName(segmenter)}`],
    ['device', `${segmenter.device}${segmenter.softwareRendered ? ' (software rendering)' : ''}`],
    ['input', `${segmenter.inputSize} px, pre-processing ${segmenter.preprocessing}`],
    ['output stride', segmenter.outputStride ?? UNKNOWN],
    ['precision', segmenter.precision],
    ['pipeline', segmenter.pipeline],
    ...(isAgentSetup(setup)
      ? [['frames sent as', `${CODEC_WORDS[setup.place.codec]} (${setup.place.codec})`] as const]
      : []),
    ...agentFacts(segmenter),
    ['threads', segmenter.threads ?? UNKNOWN],
    ['SIMD', yesNo(segmenter.simd)],
    ['float16 textures', yesNo(segmenter.float16Textures)],
    [
      'source',
      `${source}${sourceKey === REPLAY_KEY ? ' (replayed)' : ''}, ${sourceWidth} x ${sourceHeight} px`,
    ],
    [
      'page',
      `${configuration.pageVisible ? 'visible' : 'hidden'}, isolated: ${yesNo(configuration.crossOriginIsolated)}`,
    ],
    ['logical cores', configuration.hardwareConcurrency],
    ['browser', configuration.userAgent],
    ['date', configuration.date],
    ['Segscope', configuration.segscopeVersion],
  ];
  return (
    <section>
      <h3 id={id}>Configuration</h3>
      <dl className="facts" aria-labelledby={id}>
        {facts.map(([name, value]) => (
          <Fact key={name} name={name}>
            {value}
          </Fact>
        ))}
        <Fact name="SHA-256">
          <ul className={styles.runFiles}>
            {segmenter.files.map(({ path, bytes, sha256 }) => (
              <li key={path}>
                {path}, {formatBytes(bytes)}
                <code>{sha256}</code>
              </li>
            ))}
          </ul>
        </Fact>
      </dl>
    </section>
  );
}

/** Nothing for a run in the browser. */
function agentFacts(segmenter: AnyDescription): readonly (readonly [name: string, value: string])[] {
  if (!isOnAgent(segmenter)) return [];
  const { agentAddress, tail, deviceAsked, deviceUsed, operatorsOnTpu, operatorsOnCpu, machine } = segmenter;
  return [
    ['tail', tail],
    ['agent', `${agentAddress}, version ${machine.agentVersion}, Node ${machine.node}`],
    ['machine', `${machine.board ?? 'board unknown'}, ${machine.system}, ${machine.cores} cores`],
    ['device choice', `${agentDeviceName(deviceAsked)} requested, ${agentDeviceName(deviceUsed)} used`],
    ['operators', `${operatorsOnTpu} on the Edge TPU, ${operatorsOnCpu} on the CPU`],
    ['libedgetpu', machine.edgeTpuLibrary ?? UNKNOWN],
    ['USB port', machine.usbPort ?? UNKNOWN],
  ];
}
