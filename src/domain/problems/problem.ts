/** Turns a problem into the sentence and next step that users read. */
import { describeAgentProblem, isAgentProblem } from './agent-problem.ts';
import { describeEvaluationProblem, isEvaluationProblem } from './evaluation-problem.ts';
import type { Problem, ProblemKind } from './problem-kinds.ts';

export type { Problem, ProblemKind };

/** An exception that carries a Problem, for code that has to throw. */
export class ProblemError extends Error {
  override readonly name = 'ProblemError';
  readonly problem: Problem;

  constructor(problem: Problem, options?: ErrorOptions) {
    super(describeProblem(problem).sentence, options);
    this.problem = problem;
  }
}

/** What the page shows: one clear sentence, and what to do next. */
export interface ProblemText {
  readonly sentence: string;
  readonly nextStep: string;
}

const megapixels = (width: number, height: number) => Math.round((width * height) / 1e6);

/** Turns a problem into its sentence and next step; no other code does this. */
export function describeProblem(problem: Problem): ProblemText {
  if (isAgentProblem(problem)) return describeAgentProblem(problem);
  if (isEvaluationProblem(problem)) return describeEvaluationProblem(problem);
  switch (problem.kind) {
    case 'camera-denied':
      return say(
        'This page may not use the camera.',
        'Allow it in the address bar, then choose the camera again.',
      );
    case 'camera-missing':
      return say('No camera was found.', 'Plug one in and choose it under Source, or use a sample.');
    case 'camera-busy':
      return say(
        `The camera could not be started (${problem.detail}).`,
        'Close other programs that use the camera, then choose it again.',
      );
    case 'camera-unsupported':
      return say(
        'Cameras need https or localhost, and this address is neither.',
        'Open the page through http://localhost or https, or use a picture, a video or a sample.',
      );
    case 'camera-ended':
      return say(
        `The camera "${problem.label}" stopped sending pictures.`,
        'Plug it in again and choose it under Source.',
      );
    case 'not-a-picture':
      return say(
        `"${problem.fileName}" is neither a picture nor a video that this browser can read.`,
        'Try a JPEG, PNG, WebP, MP4 or WebM file.',
      );
    case 'picture-too-large':
      return say(
        `"${problem.fileName}" has ${problem.width} x ${problem.height} pixels (${megapixels(problem.width, problem.height)} megapixels); the limit is ${problem.limitMegapixels} megapixels.`,
        'Scale it down and open it again.',
      );
    case 'video-without-frames':
      return say(
        `"${problem.fileName}" contains no pictures.`,
        'Check that the file has a video track, or open another file.',
      );
    case 'video-undecodable':
      return say(
        `This browser cannot play "${problem.fileName}".`,
        'Convert it to MP4 (H.264) or WebM and open it again.',
      );
    case 'source-unreachable':
      return say(
        `"${problem.what}" could not be loaded (${problem.detail}).`,
        'Check that the server is still running, then choose it again.',
      );
    case 'catalogue-invalid':
      return say(
        `The list of models cannot be read (${problem.detail}).`,
        'Repair or restore models/catalogue.json, then reload.',
      );
    case 'model-index-invalid':
      return say(
        `The list of model files on this server cannot be read (${problem.detail}).`,
        'Restart the server with npm start, or rebuild the page, then reload.',
      );
    case 'model-unknown':
      return say(
        `There is no model "${problem.modelId}" in the catalogue.`,
        'Choose one of the listed models.',
      );
    case 'model-absent':
      return say(
        `The model "${problem.modelId}" is in the catalogue, but its files are not on this server.`,
        `Run "npm run models -- get ${problem.modelId}", or place its files in public/models/${problem.modelId}/, and reload.`,
      );
    case 'model-file-missing':
      return say(
        `A file of the model is missing: ${problem.file} (${problem.status === 0 ? 'no answer from the server' : `HTTP ${problem.status}`}).`,
        'Restore the file on the server, then choose the model again.',
      );
    case 'model-file-truncated':
      return say(
        `A file of the model is incomplete: ${problem.file} has ${problem.actualBytes} bytes instead of ${problem.expectedBytes}.`,
        'Copy or download the file again, then choose the model again.',
      );
    case 'model-file-corrupt':
      return say(
        `A file of the model does not match its SHA-256 checksum: ${problem.file}.`,
        'Copy or download the file again from its publisher, then choose the model again.',
      );
    case 'model-invalid':
      return say(
        `"${problem.modelId}" is not a DeepLab graph that Segscope can run (${problem.detail}).`,
        'Choose another model.',
      );
    case 'import-not-a-model':
      return say(
        `"${problem.fileName}" contains no network that Segscope can read (${problem.detail}).`,
        'Choose a frozen_inference_graph.pb, its .tar.gz, a .tflite, or a model.json together with all its shards.',
      );
    case 'import-damaged':
      return say(
        `"${problem.fileName}" is damaged or incomplete (${problem.detail}).`,
        'Download it again from its publisher, then import it again.',
      );
    case 'import-unsupported':
      return say(
        `The network in "${problem.fileName}" cannot be converted (${problem.detail}).`,
        'Import a DeepLab v3 or v3+ export whose labels come from ArgMax.',
      );
    case 'models-unavailable':
      return say(
        `This browser cannot store models for this page (${problem.detail}).`,
        'Imported models last until you close the page; npm run models -- import keeps them permanently.',
      );
    case 'models-full':
      return say(
        `The browser has no space left for this model (${problem.megabytes} MB).`,
        'Delete a kept model under Models, or free disk space, then try again.',
      );
    case 'models-evicted':
      return say(
        `The browser has lost its copy of ${problem.names.map((name) => `"${name}"`).join(', ')}: it was deleted to free space, or by hand.`,
        'Import or download it again; npm run models keeps models permanently.',
      );
    case 'download-forbidden':
      return say(
        `The server ${problem.host} does not let web pages download this model, or cannot be reached from here.`,
        `Run npm run models -- get ${problem.modelId} on the computer that serves this page, or download the file yourself and drop it here.`,
      );
    case 'download-failed':
      return say(
        `The download from ${problem.host} failed (${problem.detail}).`,
        `Try again later, or run npm run models -- get ${problem.modelId} on the computer that serves this page.`,
      );
    case 'backend-unavailable':
      return say(
        `The backend ${problem.backend} is not available here (${problem.detail}).`,
        'Choose another backend.',
      );
    case 'context-lost':
      return say(
        `The graphics device lost the ${problem.backend} context.`,
        `Choose ${problem.backend} again to retry.`,
      );
    case 'out-of-memory':
      return say(
        `The backend ${problem.backend} ran out of memory.`,
        'Choose a smaller input size or another backend.',
      );
    case 'inference-failed':
      return say(
        `The model could not segment this frame (${problem.detail}).`,
        'Choose another backend or model.',
      );
    case 'frame-not-shown':
      return say(`The page could not show this frame (${problem.detail}).`, 'Reload the page.');
    case 'worker-crashed':
      return say(
        `The worker stopped unexpectedly (${problem.detail}).`,
        'Choose the model again, or reload the page.',
      );
    case 'screenshot-failed':
      return say(
        `The screenshot could not be made (${problem.detail}).`,
        'Wait for the next frame and try again.',
      );
    case 'replay-too-large':
      return say(
        `A replay of ${problem.frames} frames (${problem.megabytes} MB) is too large; the limit is ${problem.limitFrames} frames and ${problem.limitMegabytes} MB.`,
        'Choose fewer frames or a smaller camera size.',
      );
    case 'history-unavailable':
      return say(
        `This browser cannot store the history of runs (${problem.detail}).`,
        'Runs last until you close the page: export what you need first.',
      );
    case 'history-blocked':
      return say(
        'Another tab with an older Segscope is blocking the history of runs.',
        'Close the other tab and reload. Until then, runs last only as long as this page.',
      );
    case 'history-full':
      return say(
        'The browser has no space left to store this run.',
        'The run lasts until you close the page: export it, then delete old runs.',
      );
    case 'runs-invalid':
      return say(
        `This is not a valid run export (${problem.detail}).`,
        'Choose a JSON file that Segscope exported, or repair the named field.',
      );
    case 'runs-newer':
      return say(
        `This file was exported by a newer Segscope (its format is version ${problem.version}, this page reads version 1).`,
        'Open it with that version of Segscope, or update this one.',
      );
    case 'classes-differ':
      return say(
        `"${problem.first}" and "${problem.second}" use different class lists, so their labels cannot be compared.`,
        'Choose two models with the same classes.',
      );
    case 'export-failed':
      return say(
        `The ${problem.what} could not be written (${problem.detail}).`,
        'Try again, or export fewer runs at once.',
      );
    case 'measuring-already':
      return say(
        'Another measurement is already running: runs, an evaluation or a comparison.',
        'Wait until it ends, or cancel it under Runs or Evaluate, then start again.',
      );
    case 'measuring-elsewhere':
      return say(
        'Another tab is measuring, and two measurements at once would slow each other down.',
        'Wait until it ends, or cancel it there, then start again.',
      );
    case 'link-invalid':
      return say(
        `The plan in this link cannot be read (${problem.detail}).`,
        'Ask for the link again, or set up the plan by hand.',
      );
    case 'link-version':
      return say(
        `The plan in this link has version "${problem.version}", which this Segscope does not know.`,
        'Open it with the version of Segscope that made it, or set up the plan by hand.',
      );
  }
}

function say(sentence: string, nextStep: string): ProblemText {
  return { sentence, nextStep };
}

/** The Problem inside an error, or the one that `otherwise` makes from its message. */
export function problemOf(error: unknown, otherwise: (detail: string, error: unknown) => Problem): Problem {
  if (error instanceof ProblemError) return error.problem;
  return otherwise(error instanceof Error ? error.message : String(error), error);
}
