/** What can go wrong with a data set of pictures and masks, and how the page explains it. */

export type EvaluationProblem =
  | { readonly kind: 'dataset-unreadable'; readonly name: string; readonly detail: string }
  | { readonly kind: 'dataset-empty'; readonly name: string }
  | { readonly kind: 'mapping-invalid'; readonly fileName: string; readonly detail: string }
  | { readonly kind: 'evaluation-unkept'; readonly detail: string }
  | { readonly kind: 'evaluation-unreadable'; readonly what: string; readonly detail: string }
  | { readonly kind: 'evaluation-picture-absent'; readonly name: string };

/** Exactly these kinds begin with these words. */
export function isEvaluationProblem(problem: { readonly kind: string }): problem is EvaluationProblem {
  return /^(dataset|mapping|evaluation)-/.test(problem.kind);
}

export function describeEvaluationProblem(problem: EvaluationProblem): {
  readonly sentence: string;
  readonly nextStep: string;
} {
  switch (problem.kind) {
    case 'dataset-unreadable':
      return {
        sentence: `"${problem.name}" could not be read (${problem.detail}).`,
        nextStep:
          'Check that the folder or zip is complete and that the browser may read it, then open it again.',
      };
    case 'dataset-empty':
      return {
        sentence: `"${problem.name}" contains no picture with a mask.`,
        nextStep:
          'Open a folder with JPEGImages and SegmentationClass, or choose the pictures and the masks as two folders.',
      };
    case 'mapping-invalid':
      return {
        sentence: `"${problem.fileName}" is not a mapping from mask values to classes (${problem.detail}).`,
        nextStep: 'Write it as JSON, for example {"7": 0, "8": 1, "0": 255}.',
      };
    case 'evaluation-unkept':
      return {
        sentence: `This browser cannot store evaluations (${problem.detail}).`,
        nextStep: 'Results last until you close the page: export what you need first.',
      };
    case 'evaluation-unreadable':
      return {
        sentence: `The ${problem.what} could not be read (${problem.detail}).`,
        nextStep: 'Reload the page. If that does not help, evaluate the pictures again.',
      };
    case 'evaluation-picture-absent':
      return {
        sentence: `The picture "${problem.name}" is not in the open folder.`,
        nextStep: 'Open the folder that this result was measured on.',
      };
  }
}
