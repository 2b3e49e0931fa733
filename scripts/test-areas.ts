/** Which test files belong to an area of the code: `npm test -- live` runs the tests with "live" in their path. */

/** Folders whose direct children are areas. */
const PARENTS = ['src/features/', 'src/', 'e2e/'];

/** Lower-case words between hyphens, without the plural's s: "runs" also finds run-plan.test.ts. */
const wordsOf = (name: string) => `-${name.toLowerCase().replace(/s(?=-|$)/g, '')}-`;

/** Folders and the file's own name up to its first dot. */
const namesIn = (file: string) => file.split('/').map((part) => part.split('.', 1)[0] ?? part);

/** The areas that `npm test -- <area>` accepts, sorted: folders, and end-to-end specs that are not variants of another. */
export function testAreas(files: readonly string[]): readonly string[] {
  const names = new Set(files.map(areaOf).filter((name) => name !== null));
  const isVariant = (name: string) => [...names].some((other) => name.startsWith(`${other}-`));
  return [...names].filter((name) => !isVariant(name)).sort();
}

function areaOf(file: string): string | null {
  const parent = PARENTS.find((folder) => file.startsWith(folder)) ?? '';
  return namesIn(file.slice(parent.length))[0] ?? null;
}

/**
 * The files with the area's name as whole words in a folder's or their own name.
 * @param files paths relative to the repository, with forward slashes
 * @throws Error with one sentence if no test matches
 */
export function testsOfArea(area: string, files: readonly string[]): readonly string[] {
  const wanted = wordsOf(area);
  const found = files.filter((file) => namesIn(file).some((name) => wordsOf(name).includes(wanted)));
  if (found.length > 0) return found;
  throw new Error(`There are no tests of "${area}"; choose one of ${testAreas(files).join(', ')}.`);
}
