/** Turns a kind of failure into its sentence and next step; nothing else in the agent does. */
import type { Failure, FailureKind } from '../../src/protocol/answers.ts';

const NEXT_STEPS: Record<FailureKind, string> = {
  'message-invalid': 'Reload the page. If that does not help, page and agent have different versions.',
  'model-unknown': 'Choose one of the models that the agent lists.',
  'model-unusable': 'Choose another model.',
  'model-not-loaded': 'Choose a model for the agent first.',
  'frame-invalid': 'Send a smaller or another picture.',
  busy: 'Wait until the running measurement ends.',
  'edgetpu-missing': 'Plug in the Coral USB Accelerator, or choose the CPU.',
  'edgetpu-library-missing': 'Install libedgetpu (see agent/README.md), then start the agent again.',
  'edgetpu-permission':
    'Run "sudo usermod -aG plugdev $USER", log in again, plug the stick in again and start the agent again.',
  'edgetpu-refused':
    'Close other programs that use the stick, or plug it in again, then choose the model again.',
  'engine-missing':
    'Run "npm ci --ignore-scripts --prefix agent", or set TFLITE_LIB to libtensorflowlite_c.so.',
  'engine-crashed': 'The engine restarts by itself: choose the model again.',
  'engine-timed-out': 'The engine restarts by itself: choose a smaller model or another device.',
};

/** An exception that is reported to the page. */
export class AgentFailure extends Error {
  override readonly name = 'AgentFailure';
  readonly failure: Failure;

  constructor(kind: FailureKind, sentence: string, options?: ErrorOptions) {
    super(sentence, options);
    this.failure = { kind, sentence: sentence.slice(0, 2000), nextStep: NEXT_STEPS[kind] };
  }
}

/** The failure to report for any exception: its own, or `otherwise` with its message. */
export function failureOf(error: unknown, otherwise: FailureKind): Failure {
  if (error instanceof AgentFailure) return error.failure;
  const detail = error instanceof Error ? error.message : String(error);
  return new AgentFailure(otherwise, detail).failure;
}
