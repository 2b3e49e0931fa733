/** Every way in which something can go wrong, with the values for its sentence. */
import type { AgentProblem } from './agent-problem.ts';
import type { EvaluationProblem } from './evaluation-problem.ts';

export type Problem =
  | { readonly kind: 'camera-denied' }
  | { readonly kind: 'camera-missing' }
  | { readonly kind: 'camera-busy'; readonly detail: string }
  | { readonly kind: 'camera-unsupported' }
  | { readonly kind: 'camera-ended'; readonly label: string }
  | { readonly kind: 'not-a-picture'; readonly fileName: string }
  | {
      readonly kind: 'picture-too-large';
      readonly fileName: string;
      readonly width: number;
      readonly height: number;
      readonly limitMegapixels: number;
    }
  | { readonly kind: 'video-without-frames'; readonly fileName: string }
  | { readonly kind: 'video-undecodable'; readonly fileName: string }
  | { readonly kind: 'source-unreachable'; readonly what: string; readonly detail: string }
  | { readonly kind: 'catalogue-invalid'; readonly detail: string }
  | { readonly kind: 'model-index-invalid'; readonly detail: string }
  | { readonly kind: 'model-unknown'; readonly modelId: string }
  | { readonly kind: 'model-absent'; readonly modelId: string }
  | { readonly kind: 'model-file-missing'; readonly file: string; readonly status: number }
  | {
      readonly kind: 'model-file-truncated';
      readonly file: string;
      readonly expectedBytes: number;
      readonly actualBytes: number;
    }
  | { readonly kind: 'model-file-corrupt'; readonly file: string }
  | { readonly kind: 'model-invalid'; readonly modelId: string; readonly detail: string }
  | { readonly kind: 'import-not-a-model'; readonly fileName: string; readonly detail: string }
  | { readonly kind: 'import-damaged'; readonly fileName: string; readonly detail: string }
  | { readonly kind: 'import-unsupported'; readonly fileName: string; readonly detail: string }
  | { readonly kind: 'models-unavailable'; readonly detail: string }
  | { readonly kind: 'models-full'; readonly megabytes: number }
  | { readonly kind: 'models-evicted'; readonly names: readonly string[] }
  | { readonly kind: 'download-forbidden'; readonly host: string; readonly modelId: string }
  | {
      readonly kind: 'download-failed';
      readonly host: string;
      readonly modelId: string;
      readonly detail: string;
    }
  | { readonly kind: 'backend-unavailable'; readonly backend: string; readonly detail: string }
  | { readonly kind: 'context-lost'; readonly backend: string }
  | { readonly kind: 'out-of-memory'; readonly backend: string }
  | { readonly kind: 'inference-failed'; readonly detail: string }
  /** Segmentation succeeded, but painting or counting failed. */
  | { readonly kind: 'frame-not-shown'; readonly detail: string }
  | { readonly kind: 'worker-crashed'; readonly detail: string }
  | { readonly kind: 'screenshot-failed'; readonly detail: string }
  | {
      readonly kind: 'replay-too-large';
      readonly frames: number;
      readonly megabytes: number;
      readonly limitFrames: number;
      readonly limitMegabytes: number;
    }
  | { readonly kind: 'history-unavailable'; readonly detail: string }
  | { readonly kind: 'history-blocked' }
  | { readonly kind: 'history-full' }
  | { readonly kind: 'runs-invalid'; readonly detail: string }
  | { readonly kind: 'runs-newer'; readonly version: string }
  | { readonly kind: 'classes-differ'; readonly first: string; readonly second: string }
  | { readonly kind: 'export-failed'; readonly what: string; readonly detail: string }
  | { readonly kind: 'measuring-already' }
  | { readonly kind: 'measuring-elsewhere' }
  | { readonly kind: 'link-invalid'; readonly detail: string }
  | { readonly kind: 'link-version'; readonly version: string }
  | AgentProblem
  | EvaluationProblem;

export type ProblemKind = Problem['kind'];
