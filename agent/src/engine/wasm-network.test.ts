import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { readTflite } from '../../../src/model-import/tflite/read-tflite.ts';
import { narrowLabels } from './wasm-network.ts';

const root = fileURLToPath(new URL('../../..', import.meta.url));
const coral = `${root}../shared/models/coral/deeplabv3_mnv2_dm05_pascal_quant.tflite`;

async function bytesOf(path: string): Promise<Uint8Array<ArrayBuffer>> {
  return new Uint8Array(await readFile(path));
}

test('a file that ends in class scores is returned unchanged', async () => {
  const bytes = await bytesOf(`${root}public/models/segscope-mnv2-257/tflite/segscope-mnv2-257-int8.tflite`);
  expect(narrowLabels(bytes)).toBe(bytes);
});

test.skipIf(!existsSync(coral))(
  'a final ARG_MAX gives int32 after changing two bytes (needs ../shared beside the checkout)',
  async () => {
    const bytes = await bytesOf(coral);
    const narrow = narrowLabels(bytes);
    const { tensors, outputs } = readTflite(narrow);
    expect(tensors[outputs[0] ?? -1]?.type).toBe('int32');
    expect(narrow.filter((byte, at) => byte !== bytes[at])).toHaveLength(2);
  },
);
