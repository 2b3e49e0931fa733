/** Fields shared by the catalogue and the local index, and the sentence for an invalid field. */
import { z } from 'zod';

/** A model's folder and id: one path segment that is valid unescaped in every file system and URL. */
export const FOLDER_NAME = /^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$/;

/** Plain relative path with forward slashes: no empty segment, none that begins with a dot. */
export const FILE_PATH = /^(?!\.)[^/\\?#%\p{Cc}]+(?:\/(?!\.)[^/\\?#%\p{Cc}]+)*$/u;

export const folderName = z
  .string()
  .regex(FOLDER_NAME, 'only letters, digits, ".", "_" and "-", beginning with a letter or digit');

export const filePath = z.string().regex(FILE_PATH, 'not a plain relative path with forward slashes');

export const sha256 = z.string().regex(/^[0-9a-f]{64}$/, 'not 64 lower-case hex digits');

/** "models[2].inputSizes[0]: Invalid input: expected number" for the first issue of an error. */
export function describeIssue(error: z.ZodError): string {
  const [issue] = error.issues;
  if (issue === undefined) return error.message;
  const path = issue.path.map((key) => (typeof key === 'number' ? `[${key}]` : `.${String(key)}`));
  return `${path.join('').replace(/^\./, '') || 'top level'}: ${issue.message}`;
}
