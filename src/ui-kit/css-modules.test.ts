import { readFileSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const SOURCE = fileURLToPath(new URL('..', import.meta.url));
const FILES = readdirSync(SOURCE, { recursive: true, encoding: 'utf8' });
const ending = (end: string) => FILES.filter((file) => file.endsWith(end));
const read = (path: string) => readFileSync(join(SOURCE, path), 'utf8');

/** Class names that a module defines for itself, without those of the page. */
function classesIn(module: string): readonly string[] {
  const selectors = read(module)
    .replaceAll(/\/\*[^]*?\*\//g, '')
    .replaceAll(/:global\([^)]*\)/g, '')
    .replaceAll(/\{[^{}]*\}/g, '{}');
  return [...selectors.matchAll(/\.([A-Za-z][\w-]*)/g)].map(([, name = '']) => name);
}

interface Use {
  readonly module: string;
  /** "runRow", or "column-*" where the end is computed. */
  readonly name: string;
  readonly file: string;
}

const uses: readonly Use[] = ending('.tsx').flatMap((file) => {
  const text = read(file);
  return [...text.matchAll(/import (\w+) from '([^']+\.module\.css)'/g)].flatMap(
    ([, styles = '', path = '']) => {
      const module = join(dirname(file), path);
      const named = text.matchAll(new RegExp(`\\b${styles}\\.(\\w+)`, 'g'));
      const computed = text.matchAll(new RegExp(`\\b${styles}\\[\`([\\w-]+)\\$`, 'g'));
      return [
        ...[...named].map(([, name = '']) => ({ module, name, file })),
        ...[...computed].map(([, start = '']) => ({ module, name: `${start}*`, file })),
      ];
    },
  );
});
const names = (use: Use, one: string) =>
  use.name.endsWith('*') ? one.startsWith(use.name.slice(0, -1)) : one === use.name;

test('every class that a screen takes from a CSS module exists there', () => {
  const missing = uses.filter((use) => !classesIn(use.module).some((one) => names(use, one)));
  expect(missing).toEqual([]);
  expect(uses.length).toBeGreaterThan(100);
});

test('every class of a CSS module is used by some screen', () => {
  const unused = ending('.module.css').flatMap((module) =>
    classesIn(module)
      .filter((one) => !uses.some((use) => use.module === module && names(use, one)))
      .map((one) => `${module}: ${one}`),
  );
  expect(unused).toEqual([]);
});
