/** Whether a model has seen the pictures that it is scored on. */
import { knownModel } from '../published/known-models.ts';

/** VOC 2012 numbers its segmentation pictures like this; masks are published of its train and val splits only. */
const VOC_PICTURE = /^20(07|08|09|10|11)_\d{6}$/;

/**
 * One sentence, or null where nothing speaks for a leak (or nobody published what the model was trained on).
 * @param names of the pictures, without extension
 * @param list of the data set that they were taken from, for instance "val"; null: all of its pictures
 */
export function leakNotice(modelId: string, names: readonly string[], list: string | null): string | null {
  const known = knownModel(modelId);
  const fromVoc = names.filter((name) => VOC_PICTURE.test(name)).length;
  if (known?.classList !== 'voc' || fromVoc === 0) return null;
  const { trainingSplit } = known;
  if (trainingSplit === 'trainval') {
    return `This checkpoint was trained on VOC trainval: it has seen these pictures, so the figure says how well it remembers them.`;
  }
  if (trainingSplit === 'unknown') {
    return 'The publisher does not say what this model was trained on: it may have seen these pictures.';
  }
  const isVal = list === 'val';
  if (trainingSplit === 'own') {
    const teacher =
      'Some of its training labels came from a teacher that had been trained on VOC train and val (see its model card)';
    return isVal
      ? `${teacher}: not fully independent of these pictures.`
      : `${teacher}, and part of VOC train was shown to it: pictures of train do not test it.`;
  }
  if (isVal) return null;
  return list === null
    ? 'This checkpoint was trained on VOC trainaug: it has seen the pictures of the train split among these.'
    : `This checkpoint was trained on VOC trainaug: it may have seen the pictures of "${list}".`;
}
