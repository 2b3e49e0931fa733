/** Rejects a Node that is too old, before anything cryptic happens. */

/** @param version as process.versions.node gives it. One sentence with the next step, or null if it is supported. */
export function nodeVersionProblem(version: string): string | null {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  // What Vite 8 asks for in its own "engines".
  const enough = (major === 20 && minor >= 19) || (major === 22 && minor >= 12) || major > 22;
  if (enough) return null;
  return `Segscope needs Node 20.19 or newer (22.12 or newer of Node 22), and this is Node ${version}: install a newer one from nodejs.org.`;
}
