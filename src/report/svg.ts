/** The few SVG elements of a chart, as text, light on white so that they print. */

export const INK = '#1a1d21';
export const FAINT_INK = '#5b6168';
export const GRID = '#d9dde1';

/** Attribute values are numbers or our own words; only text content comes from outside. */
type Attributes = Readonly<Record<string, string | number>>;

export function element(name: string, attributes: Attributes, content = ''): string {
  const written = Object.entries(attributes).map(
    ([key, value]) => ` ${key}="${typeof value === 'number' ? rounded(value) : escapeXml(value)}"`,
  );
  return `<${name}${written.join('')}${content === '' ? '/>' : `>${content}</${name}>`}`;
}

export function label(x: number, y: number, words: string, attributes: Attributes = {}): string {
  return element('text', { x, y, fill: INK, ...attributes }, escapeXml(words));
}

/** Two decimals: finer than any screen or printer, and short. */
export function rounded(value: number): string {
  return String(Math.round(value * 100) / 100);
}

export interface SvgDocument {
  readonly width: number;
  readonly height: number;
  /** For screen readers and for tooltips. */
  readonly title: string;
  readonly description: string;
  readonly content: readonly string[];
}

/** A standalone file that can also be inlined in HTML; the ids begin with `id`, so that one page can have many. */
export function svgDocument(id: string, { width, height, title, description, content }: SvgDocument): string {
  const attributes = {
    xmlns: 'http://www.w3.org/2000/svg',
    viewBox: `0 0 ${rounded(width)} ${rounded(height)}`,
    width,
    height,
    role: 'img',
    'aria-labelledby': `${id}-title ${id}-desc`,
    'font-family': 'system-ui, "Segoe UI", Helvetica, Arial, sans-serif',
    'font-size': 12,
  };
  return element(
    'svg',
    attributes,
    [
      element('title', { id: `${id}-title` }, escapeXml(title)),
      element('desc', { id: `${id}-desc` }, escapeXml(description)),
      element('rect', { width, height, fill: '#ffffff' }),
      ...content,
    ].join('\n'),
  );
}

/** For element content and for attribute values in double quotes. */
export function escapeXml(content: string): string {
  return content
    .replace(/[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu, ' ')
    .replace(/[&<>"']/g, (character) => ENTITIES[character] ?? character);
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};
