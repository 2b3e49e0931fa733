import { expect, test } from 'vitest';
import { createThumbnails } from './thumbnail-signature.ts';

const filled = (value: number) => {
  const image = new ImageData(8, 8);
  image.data.fill(value);
  return createImageBitmap(image);
};

test('the signature of a transparent picture does not depend on the previous picture', async () => {
  const alone = createThumbnails()(await filled(0));
  const signatureOf = createThumbnails();
  const before = signatureOf(await filled(255));
  expect(before).not.toEqual(alone);
  expect(signatureOf(await filled(0))).toEqual(alone);
});
