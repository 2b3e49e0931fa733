import { expect, test } from 'vitest';
import { makeRun } from '../domain/testing/run-record.ts';
import { checksumFile } from './checksums.ts';
import { dataAddress } from './data-address.ts';
import { escapeXml } from './xml.ts';

test('a checksum line is what sha256sum writes for a binary file, each file once', () =>
  expect(checksumFile([makeRun({ seed: 1 }), makeRun({ seed: 2 })])).toBe(
    `${'ab'.repeat(32)} *segscope-mnv2-257/model.json\n${'cd'.repeat(32)} *segscope-mnv2-257/group1-shard1of1.bin\n`,
  ));

test('a name with a line break cannot forge a line', () => {
  const run = makeRun({ modelId: 'a\nb' });
  expect(checksumFile([run]).split('\n')[0]).toBe(`\\${'ab'.repeat(32)} *a\\nb/model.json`);
});

test.each([0, 1, 2, 3, 100_001])('%d bytes come back from their data: address', async (length) => {
  const bytes = Uint8Array.from({ length }, (_, i) => (i * 31) % 256);
  const answer = await fetch(dataAddress(bytes, 'image/png'));
  expect(answer.headers.get('content-type')).toBe('image/png');
  expect(new Uint8Array(await answer.arrayBuffer())).toEqual(bytes);
});

test('text for XML keeps what XML can hold, and loses what it cannot', () => {
  expect(escapeXml('a<b>&"\'\n\t ü 🐈')).toBe('a&lt;b&gt;&amp;&quot;&#39;\n\t ü 🐈');
  expect(escapeXml('\u0000\u001B\uD800\uFFFF')).toBe('    ');
});
