/** Makes text fit a width: broken into lines, or shortened; the caller measures. */

/** Width of a text in the caller's unit; longer texts are never narrower. */
export type MeasureText = (text: string) => number;

/** Lines no wider than `width`, broken between words, or inside a word that is too wide on its own. */
export function wrapText(text: string, width: number, measure: MeasureText): readonly string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(/\s+/).filter((part) => part !== '')) {
    const longer = line === '' ? word : `${line} ${word}`;
    if (measure(longer) <= width) {
      line = longer;
      continue;
    }
    if (line !== '') lines.push(line);
    const pieces = breakWord(word, width, measure);
    lines.push(...pieces.slice(0, -1));
    line = pieces.at(-1) ?? '';
  }
  return line === '' ? lines : [...lines, line];
}

/** The text, or as much of its beginning as fits together with an ellipsis. */
export function ellipsise(text: string, width: number, measure: MeasureText): string {
  if (measure(text) <= width) return text;
  const fits = longestStart(graphemes(text), (start) => measure(`${start}…`) <= width);
  return `${fits.trimEnd()}…`;
}

/** Characters as a reader sees them, so that no accent or emoji is split. */
function graphemes(text: string): readonly string[] {
  return Array.from(new Intl.Segmenter().segment(text), ({ segment }) => segment);
}

function breakWord(word: string, width: number, measure: MeasureText): readonly string[] {
  const pieces: string[] = [];
  let rest = graphemes(word);
  while (rest.length > 1 && measure(rest.join('')) > width) {
    // At least one character, so that the loop ends even if nothing fits the width.
    const start = longestStart(rest, (candidate) => measure(candidate) <= width) || (rest[0] ?? '');
    pieces.push(start);
    rest = rest.slice(graphemes(start).length);
  }
  return [...pieces, rest.join('')];
}

/** The longest beginning that fits; '' if none does. */
function longestStart(characters: readonly string[], fits: (start: string) => boolean): string {
  let low = 0;
  let high = characters.length;
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (fits(characters.slice(0, middle).join(''))) low = middle;
    else high = middle - 1;
  }
  return characters.slice(0, low).join('');
}
