import { describe, expect, test } from 'vitest';
import { framelessWebm, hugePng, textNamedJpg } from '../../e2e/fixtures/bad-files.ts';
import { sniffMedia } from './open-source.ts';

const bytes = (text: string) => Uint8Array.from(text, (letter) => letter.charCodeAt(0));

describe('sniffMedia', () => {
  test.each([
    ['PNG', hugePng().bytes],
    ['JPEG', bytes('\xff\xd8\xff\xe0\0\x10JFIF')],
    ['GIF', bytes('GIF89a')],
    ['WebP', bytes('RIFF\x10\0\0\0WEBPVP8 ')],
    ['BMP', bytes('BM\x36\0\0\0')],
    ['AVIF', bytes('\0\0\0\x1cftypavif')],
    ['HEIC', bytes('\0\0\0\x1cftypheic')],
  ])('%s is a picture', (_, head) => expect(sniffMedia(head)).toBe('picture'));

  test.each([
    ['WebM', framelessWebm().bytes],
    ['MP4', bytes('\0\0\0\x1cftypisom')],
    ['QuickTime', bytes('\0\0\0\x14ftypqt  ')],
    ['QuickTime without ftyp', bytes('\0\0\0\x08wide\0\0')],
    ['Ogg', bytes('OggS\0\x02')],
    ['AVI', bytes('RIFF\x0a\r\n\0AVI LIST')],
    ['MPEG', bytes('\0\0\x01\xba\x44')],
  ])('%s is a video', (_, head) => expect(sniffMedia(head)).toBe('video'));

  test('text, SVG, sound and nothing are unknown', () => {
    for (const head of [
      textNamedJpg().bytes,
      bytes('<svg xmlns="">'),
      bytes('RIFF\0\0\0\0WAVE'),
      bytes('PK\x03\x04'),
      new Uint8Array(0),
    ]) {
      expect(sniffMedia(head)).toBe('unknown');
    }
  });
});
