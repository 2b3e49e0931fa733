/** SHA-256 of a file's bytes, by the browser if possible, in JavaScript on plain-http addresses. */

/** 64 lower-case hex digits. */
export async function sha256Hex(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  const digest = globalThis.isSecureContext
    ? new Uint8Array(await crypto.subtle.digest('SHA-256', bytes))
    : await digestInJavaScript(bytes);
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** crypto.subtle exists only in secure contexts (https, localhost), and a Pi on the LAN is neither. */
export async function digestInJavaScript(bytes: Uint8Array): Promise<Uint8Array> {
  const { sha256 } = await import('@noble/hashes/sha2.js');
  return sha256(bytes);
}
