/** The code that pairs a page with this agent: kept in a file, so that a page finds back after a restart. */
import { randomBytes } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';

/** Crockford's base 32: no letter that could be read as another. */
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
/** 60 bits: short enough to type, too many to guess over a network. */
const LENGTH = 12;

export async function pairingToken(file: string): Promise<string> {
  const kept = await readFile(file, 'utf8').then(
    (text) => text.trim(),
    () => '',
  );
  if (new RegExp(`^[${ALPHABET}]{${LENGTH}}$`).test(kept)) return kept;
  const made = Array.from(randomBytes(LENGTH), (byte) => ALPHABET.charAt(byte % ALPHABET.length)).join('');
  await writeFile(file, `${made}\n`, { mode: 0o600 });
  return made;
}
