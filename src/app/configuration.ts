/** Collects the configuration that accompanies every number, and writes it as two lines. */
import type { FrameSource } from '../capture/frame-source.ts';
import { isOnAgent, placeName, type AnyDescription, modelWords } from '../domain/agent-description.ts';
import type { Configuration, Preprocessing } from '../domain/measuring/configuration.ts';
import type { Segmenter } from '../segmentation/segmenter.ts';
import { SEGSCOPE_VERSION } from './version.ts';

export function configurationOf<Description>(
  segmenter: Segmenter<Description>,
  source: FrameSource,
): Configuration<Description> {
  return {
    segmenter: segmenter.description,
    source: source.label,
    sourceWidth: source.width,
    sourceHeight: source.height,
    pageVisible: document.visibilityState === 'visible',
    crossOriginIsolated: globalThis.crossOriginIsolated,
    hardwareConcurrency: navigator.hardwareConcurrency,
    userAgent: navigator.userAgent,
    date: new Date().toISOString(),
    segscopeVersion: SEGSCOPE_VERSION,
  };
}

const PREPROCESSING_WORDS: Readonly<Record<Preprocessing, string>> = {
  fit: 'longest side fitted, padded',
  native: 'native size, padded',
  stretch: 'both sides stretched',
  crop: 'middle square cropped',
};

/** The lines under a report picture: model and files, then runtime and device, then page and date. */
export function configurationLines(configuration: Configuration<AnyDescription>): readonly string[] {
  const { segmenter } = configuration;
  const hashes = segmenter.files.map(({ path, sha256 }) => `${path} ${sha256.slice(0, 12)}`).join(', ');
  const facts = [
    segmenter.simd === null ? null : segmenter.simd ? 'SIMD' : 'no SIMD',
    segmenter.threads === null ? null : `${segmenter.threads} thread${segmenter.threads === 1 ? '' : 's'}`,
    segmenter.float16Textures === true ? 'float16 textures' : null,
    segmenter.softwareRendered ? 'software rendering' : null,
  ].filter((fact) => fact !== null);
  const stride = segmenter.outputStride === null ? '' : `, output stride ${segmenter.outputStride}`;
  const pipeline = pipelineWords(segmenter);
  const fit = PREPROCESSING_WORDS[segmenter.preprocessing];
  return [
    `${modelWords(segmenter)}, ${segmenter.precision}, SHA-256 ${hashes}`,
    `${segmenter.runtime}, ${placeName(segmenter)} on ${segmenter.device}${facts.length > 0 ? ` (${facts.join(', ')})` : ''}, input ${segmenter.inputSize}${stride}, ${fit}${pipeline}`,
    `${configuration.source}, ${configuration.sourceWidth} x ${configuration.sourceHeight}; page ${configuration.pageVisible ? 'visible' : 'hidden'}, ${configuration.crossOriginIsolated ? '' : 'not '}cross-origin isolated; ${configuration.date}; Segscope ${configuration.segscopeVersion}; ${configuration.userAgent}`,
  ];
}

function pipelineWords(segmenter: AnyDescription): string {
  if (isOnAgent(segmenter)) return `, ${segmenter.tail} tail, agent at ${segmenter.agentAddress}`;
  return segmenter.pipeline === 'ours' ? '' : ', stock pipeline segment()';
}
