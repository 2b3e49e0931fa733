/** Checks a network on a known picture: LiteRT.js can return garbage without any error. */
import { ProblemError } from '../domain/problems/problem.ts';
import type { LogitsFacts } from '../model-import/tflite/cut-tail.ts';
import { inputGeometry } from './input-geometry.ts';
import type { KnownAnswer } from './known-answers.ts';
import knownPictureUrl from './known-picture.png?inline';
import type { LitertPictureInput } from './litert-input.ts';
import type { LitertLogits, LitertNetwork } from './litert-network.ts';

export interface Proof {
  /** For messages. */
  readonly modelId: string;
  readonly network: Pick<LitertNetwork, 'run'>;
  readonly input: LitertPictureInput;
  readonly inputSize: number;
  readonly logits: LogitsFacts;
  /** null for an unknown file. */
  readonly answer: KnownAnswer | null;
  /** For a network on a GPU, the same network on the CPU, deleted afterwards; otherwise null. */
  readonly reference: Pick<LitertNetwork, 'run' | 'dispose'> | null;
}

/** Observed differences between the binaries with and without relaxed SIMD stay below 0.01. */
const TOLERANCE01 = 0.1;
/** Of the largest score; float32 sums in another order differ by less than 0.00001. */
const SCORE_TOLERANCE01 = 0.001;

/**
 * A known file must give its known answer. Any other file must at least behave like a network: finite scores, the same
 * for the same picture, different for grey. On a GPU every network must score as on the CPU.
 * @throws ProblemError model-invalid
 */
export async function proveNetwork(proof: Proof): Promise<void> {
  const { modelId, network, input, inputSize, answer, reference } = proof;
  const refuse = (detail: string): never => {
    throw new ProblemError({
      kind: 'model-invalid',
      modelId,
      detail: `LiteRT.js gives wrong results here: ${detail}`,
    });
  };
  const picture = await createImageBitmap(await (await fetch(knownPictureUrl)).blob());
  const geometry = inputGeometry(picture, inputSize, 'fit', { kind: 'outside' });
  const values = input.read(picture, geometry);
  picture.close();
  const logits = await network.run(values);
  if (!logits.every(Number.isFinite)) refuse('some of its scores are not numbers');
  if (reference !== null) {
    try {
      const apart01 = farthest01(logits, await reference.run(values));
      if (!(apart01 <= SCORE_TOLERANCE01)) refuse('its scores on the GPU differ from those on the CPU');
    } finally {
      reference.dispose();
    }
  }
  if (answer !== null) {
    const share01 = shareOf(answer.label, logits, proof, geometry.picture.height / inputSize);
    if (Math.abs(share01 - answer.share01) > TOLERANCE01) {
      refuse(
        `class ${answer.label} covers ${percent(share01)} of a known picture instead of ${percent(answer.share01)}`,
      );
    }
    return;
  }
  if (!isSame(logits, await network.run(values))) refuse('it scores the same picture differently each time');
  if (isSame(logits, await network.run(input.grey(inputSize))))
    refuse('it scores a picture and plain grey the same');
}

/** Share of the grid nodes inside the picture where `label` scores highest. */
export function shareOf(
  label: number,
  values: LitertLogits,
  { logits: { gridHeight, gridWidth, classes } }: Pick<Proof, 'logits'>,
  height01: number,
): number {
  const rows = Math.max(1, Math.round(gridHeight * height01));
  let won = 0;
  for (let node = 0; node < rows * gridWidth; node++) {
    const scores = values.subarray(node * classes, (node + 1) * classes);
    if (scores.indexOf(Math.max(...scores)) === label) won++;
  }
  return won / (rows * gridWidth);
}

/** Largest difference of two scores, as a share of the largest score. */
function farthest01(ours: LitertLogits, theirs: LitertLogits): number {
  let difference = 0;
  let largest = 0;
  for (let at = 0; at < theirs.length; at++) {
    const value = theirs[at] as number;
    difference = Math.max(difference, Math.abs((ours[at] ?? NaN) - value));
    largest = Math.max(largest, Math.abs(value));
  }
  return difference / largest;
}

function isSame(one: LitertLogits, other: LitertLogits): boolean {
  return one.length === other.length && one.every((value, at) => value === other[at]);
}

function percent(share01: number): string {
  return `${Math.round(share01 * 100)} %`;
}
