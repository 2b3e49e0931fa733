/** One evaluated picture, its ground truth, prediction and errors, as files for display. */
import { decodePixels } from '../../capture/decode-picture.ts';
import { mayHaveAlpha } from '../../capture/drop-alpha.ts';
import { colormapOf } from '../../domain/labels/colormap.ts';
import type { EvaluationResult } from '../../domain/accuracy/evaluation.ts';
import { middleSquare, onlyInside } from '../../domain/labels/picture-region.ts';
import { ProblemError } from '../../domain/problems/problem.ts';
import type { PicturePair } from '../../evaluation/data-set.ts';
import { decodeMask } from '../../evaluation/mask-decoding.ts';
import type { MaskMapping } from '../../evaluation/mask-mapping.ts';
import { encodePicture } from '../../paint/encode-picture.ts';
import { errorMapPngBlob, labelMapPngBlob, overlayPngBlob } from '../../paint/label-map-png.ts';
import { decodeLabelRuns } from '../../protocol/label-runs.ts';
import { DEFAULT_VIEW } from '../../app/view-store.ts';
import type { PictureViews } from './evaluation-session.types.ts';
import type { PictureLabels } from './picture-scoring.ts';

/** @throws ProblemError evaluation-picture-absent if the file is missing or different, not-a-picture */
export async function pictureViewsOf(
  { name, picture, mask }: PicturePair,
  { width, height, runs }: PictureLabels,
  { classList, classNames, preprocessing }: EvaluationResult['description'],
  mapping: MaskMapping | null,
): Promise<PictureViews> {
  const absent = (cause?: unknown) =>
    new ProblemError({ kind: 'evaluation-picture-absent', name }, { cause });
  const [file, maskFile] = await Promise.all([picture.open(), mask.open()]).catch((error: unknown) => {
    throw absent(error);
  });
  const bytes = new Uint8Array(await maskFile.arrayBuffer());
  const truth = await decodeMask(bytes, name, classNames.length, mapping);
  if (truth.kind === 'refused') throw new ProblemError({ kind: 'not-a-picture', fileName: mask.path });
  const { labelMap } = truth;
  if (labelMap.width !== width || labelMap.height !== height) throw absent();
  const labels = decodeLabelRuns(runs, new Uint8Array(width * height));
  const prediction = { width, height, labels };
  const scored = preprocessing === 'crop' ? onlyInside(labelMap, middleSquare(labelMap)) : labelMap;
  const colormap = colormapOf(classList);
  const style = { ...DEFAULT_VIEW, isolatedClass: null, colormap };
  return {
    name,
    width,
    height,
    picture: await asSegmented(file, name),
    prediction: labelMapPngBlob(prediction, colormap),
    truth: labelMapPngBlob(labelMap, colormap),
    overlay: overlayPngBlob(prediction, style, prediction),
    error: errorMapPngBlob(scored, prediction),
  };
}

/** The file itself, or a copy without alpha: otherwise the page's background would show through. */
async function asSegmented(file: Blob, name: string): Promise<Blob> {
  if (!(await mayHaveAlpha(file))) return file;
  const pixels = await decodePixels(file, name);
  try {
    return await encodePicture(pixels, 'png');
  } finally {
    pixels.close();
  }
}
