/** Texts of the companion page for the state and configuration of both sides. */
import { threadWords } from '../../agents/ui/agent-words.ts';
import { agentDeviceName, type AgentDescription } from '../../../domain/agent-description.ts';
import type { SegmenterDescription } from '../../../domain/measuring/configuration.ts';
import { formatRatio } from '../../../domain/quantity.ts';
import type { Pacing } from '../companion-store.ts';
import type { SpeedComparison, SpeedFactor } from '../companion-timing-store.ts';

export const PACING_WORDS: Readonly<Record<Pacing, string>> = {
  locked: 'locked',
  free: 'free',
};

export const PACING_NOTES: Readonly<Record<Pacing, string>> = {
  locked: 'both sides get the same pixels in turn: for comparing labels and times',
  free: 'each side runs as fast as it can: for comparing rates',
};

/** The browser's configuration on one line. */
export function browserWords(description: SegmenterDescription): string {
  const { modelName, runtime, backend, threads, device, inputSize, precision, pipeline } = description;
  return [
    modelName,
    `${runtime}, ${backend}${threads === null ? '' : `, ${threadWords(threads)}`}`,
    device,
    `${inputSize} px`,
    precision,
    `pipeline ${pipeline}`,
  ].join(' · ');
}

/** Short caption under the browser's picture. */
export function browserCaption({ modelName, backend, inputSize }: SegmenterDescription): string {
  return [modelName, backend, `${inputSize} px`].join(' · ');
}

/** Short caption under the agent's picture. */
export function agentCaption({ modelName, deviceUsed, inputSize, tail }: AgentDescription): string {
  return [modelName, agentDeviceName(deviceUsed), `${inputSize} px`, `tail ${tail}`].join(' · ');
}

/** "The agent is 2.31 times as fast", or that neither is. */
export function speedWords({ value, faster }: SpeedFactor): string {
  switch (faster) {
    case 'neither':
      return 'Neither side is faster';
    case 'agent':
      return `The agent is ${formatRatio(value)} times as fast`;
    case 'browser':
      return `The browser is ${formatRatio(1 / value)} times as fast`;
  }
}

/** The interval in the direction of the words above; for neither, of browser time over agent time. */
export function intervalWords({ low, high, faster }: SpeedFactor): string {
  const [from, to] = faster === 'browser' ? [1 / high, 1 / low] : [low, high];
  const words = `95 % interval ${formatRatio(from)} to ${formatRatio(to)}`;
  return faster === 'neither' ? `${words} (browser time over agent time)` : words;
}

/** What the factor is based on. */
export function basisWords({ paired, frames }: SpeedComparison): string {
  return paired
    ? `${frames} frames seen by both sides, compared one by one`
    : `medians of two separate streams, at least ${frames} frames each`;
}

/** Conditions in which the two sides differ beyond the device; one sentence each. */
export function unlikeWords(browser: SegmenterDescription, agent: AgentDescription): readonly string[] {
  return [
    ...(browser.inputSize === agent.inputSize
      ? []
      : [`Input sizes differ: ${browser.inputSize} px in the browser, ${agent.inputSize} px on the agent.`]),
    ...(browser.classList === agent.classList
      ? []
      : ['The two models have different classes: their labels cannot be compared.']),
  ];
}

/** Says that an Edge TPU's inference time includes the host's CPU; null if no operator runs there. */
export function hostShareWords({ deviceUsed, operatorsOnCpu, tail }: AgentDescription): string | null {
  if (deviceUsed === 'cpu' || operatorsOnCpu === 0) return null;
  const operators = `${operatorsOnCpu} ${operatorsOnCpu === 1 ? 'operator' : 'operators'}`;
  return tail === 'stock'
    ? `Part of the inference time is the agent's CPU: ${operators} of the stock file run there, including the final resize and argmax.`
    : `Part of the inference time is the agent's CPU: ${operators} of the file run there.`;
}
