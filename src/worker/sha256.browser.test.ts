import { describe, expect, test } from 'vitest';
import { digestInJavaScript, sha256Hex } from './sha256.ts';

const ABC = new TextEncoder().encode('abc');

/** FIPS 180-4, appendix B.1. */
const DIGEST_OF_ABC = 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad';

describe('sha256Hex', () => {
  test('is the SHA-256 of the standard', async () => {
    expect(await sha256Hex(ABC)).toBe(DIGEST_OF_ABC);
  });

  test('is the same in JavaScript, for addresses without crypto.subtle', async () => {
    const digest = await digestInJavaScript(ABC);
    expect(Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('')).toBe(DIGEST_OF_ABC);
  });
});
