/** An import's report as lines of text. */
import type { ModelDescription } from '../../src/catalogue/model-description.ts';
import type { CheckedModel } from './self-check.ts';

/** @param checked null if the check was skipped or cannot be done here */
export function reportLines(description: ModelDescription, checked: CheckedModel | null): readonly string[] {
  const { entry, report } = description;
  const { found, folded, nodesBefore, nodesAfter, weightBytes, multiplyAdds, sourceFiles } = report;
  return [
    'Found',
    // The cost is printed below.
    ...table(
      found.filter(({ label }) => !/^multiply-adds$/i.test(label)).map(({ label, value }) => [label, value]),
    ),
    ...(folded.length === 0
      ? []
      : ['Folded', ...table(folded.map(({ pass, count }) => [pass, String(count)]))]),
    'Cost',
    ...table([
      ['nodes', nodesBefore === nodesAfter ? String(nodesAfter) : `${nodesBefore} -> ${nodesAfter}`],
      ['weights as stored', `${megabytes(weightBytes)} (${entry.precision})`],
      [
        'Multiply-Adds per frame at the largest size',
        multiplyAdds === null ? 'not known' : `${(multiplyAdds / 1e9).toFixed(2)} billion`,
      ],
    ]),
    'Source',
    ...sourceFiles.map(({ path, bytes, sha256 }) => `  ${path}, ${megabytes(bytes)}, SHA-256 ${sha256}`),
    'Self-check',
    `  ${checkLine(description, checked)}`,
  ];
}

function checkLine({ entry }: ModelDescription, checked: CheckedModel | null): string {
  if (entry.runtime === 'litert') {
    return 'A .tflite is stored unchanged; the page proves it on a known picture when it is loaded.';
  }
  if (checked === null) return 'Left out.';
  const { check, publishedMs, convertedMs } = checked;
  return (
    `${(check.agreement01 * 100).toFixed(3)} % of the pixels of ${check.picture} have the same label as published` +
    ` (WASM, ${check.inputSize} px; one run each: ${publishedMs.toFixed(0)} ms published, ${convertedMs.toFixed(0)} ms converted).`
  );
}

function table(rows: readonly (readonly [string, string])[]): readonly string[] {
  const width = Math.max(0, ...rows.map(([label]) => label.length));
  return rows.map(([label, value]) => `  ${label.padEnd(width)}  ${value}`);
}

export function megabytes(bytes: number): string {
  return bytes < 1e5 ? `${(bytes / 1e3).toFixed(1)} kB` : `${(bytes / 1e6).toFixed(1)} MB`;
}
