/** Reads the facts of a .tflite file: input, classes, operators, and whether its tail can be cut. */
import { cutTail } from '../../../src/model-import/tflite/cut-tail.ts';
import { readTflite, type TfliteModel } from '../../../src/model-import/tflite/read-tflite.ts';
import { ProblemError } from '../../../src/domain/problems/problem.ts';
import { AgentFailure } from '../agent-failure.ts';
import type { InputType } from '../engine/model-input.ts';

export interface ModelFileFacts {
  /** px */
  readonly inputSize: number;
  readonly inputType: InputType;
  /** Null if the file outputs labels and its tail cannot be cut. */
  readonly classes: number | null;
  readonly cut: { readonly possible: true } | { readonly possible: false; readonly because: string };
  readonly operators: OperatorSplit;
  /** After cutting; null if it cannot be cut. */
  readonly operatorsCut: OperatorSplit | null;
}

export interface OperatorSplit {
  /** Custom operators of the Edge TPU's compiler. */
  readonly onTpu: number;
  readonly onCpu: number;
}

const EDGE_TPU_OPERATOR = 'edgetpu-custom-op';

/** @throws AgentFailure model-unusable, with the reason */
export function readModelFile(bytes: Uint8Array<ArrayBuffer>): ModelFileFacts {
  const model = unusableUnless(() => readTflite(bytes));
  const { inputSize, inputType } = squareInput(model);
  const tail = readTail(bytes);
  const dropsNothing = 'dropped' in tail && tail.dropped.length === 0;
  return {
    inputSize,
    inputType,
    classes: 'logits' in tail ? tail.logits.classes : null,
    cut:
      'reason' in tail
        ? { possible: false, because: tail.reason }
        : dropsNothing
          ? { possible: false, because: 'It already ends in class scores: there is nothing to cut.' }
          : { possible: true },
    operators: splitOf(model),
    operatorsCut: 'bytes' in tail && !dropsNothing ? operatorSplit(tail.bytes) : null,
  };
}

/** How many operators of a file run on the Edge TPU and how many on the CPU. */
export function operatorSplit(bytes: Uint8Array<ArrayBuffer>): OperatorSplit {
  return splitOf(readTflite(bytes));
}

function splitOf({ operators }: TfliteModel): OperatorSplit {
  const onTpu = operators.filter(({ name }) => name === EDGE_TPU_OPERATOR).length;
  return { onTpu, onCpu: operators.length - onTpu };
}

function readTail(bytes: Uint8Array<ArrayBuffer>) {
  try {
    return cutTail(bytes);
  } catch (error) {
    return { reason: reasonOf(error) };
  }
}

function unusableUnless<Result>(read: () => Result): Result {
  try {
    return read();
  } catch (cause) {
    throw new AgentFailure('model-unusable', reasonOf(cause), { cause });
  }
}

function reasonOf(error: unknown): string {
  if (error instanceof ProblemError && error.problem.kind === 'model-invalid') return error.problem.detail;
  return error instanceof Error ? error.message : String(error);
}

function squareInput(model: TfliteModel): { readonly inputSize: number; readonly inputType: InputType } {
  const [index] = model.inputs;
  const tensor = index === undefined || model.inputs.length > 1 ? undefined : model.tensors[index];
  if (tensor === undefined) throw new AgentFailure('model-unusable', 'It does not have exactly one input.');
  const { shape, type, scales } = tensor;
  const [batch, height = 0, width = 0, channels] = shape;
  if (shape.length !== 4 || batch !== 1 || channels !== 3 || height !== width || height < 2) {
    throw new AgentFailure('model-unusable', `Its input [${shape.join(', ')}] is not a square RGB picture.`);
  }
  if (type !== 'uint8' && type !== 'int8' && type !== 'float32') {
    throw new AgentFailure(
      'model-unusable',
      `Its input is ${type}; only uint8, int8 and float32 are supported.`,
    );
  }
  // Another range would need another normalisation than -1..1, which the file does not specify.
  const [scale] = scales;
  const spansTwo = scale !== undefined && Math.abs(scale * 255 - 2) < 0.05;
  if (type !== 'float32' && !spansTwo) {
    throw new AgentFailure(
      'model-unusable',
      `Its input has the scale ${String(scale)} instead of about 1/127.5.`,
    );
  }
  return { inputSize: height, inputType: type };
}
