/** The way of a .tflite through the import: described and kept as it is, because the Edge TPU takes the very same file. */
import type { ImportFile, ImportedGraph } from './import-graph.ts';
import { describeTflite } from './tflite/describe-tflite.ts';

/** @throws ProblemError as describeTflite */
export function importTflite({ path, bytes }: ImportFile): ImportedGraph {
  const { facts, operators, customOperators, multiplyAdds, weightBytes, tail } = describeTflite(bytes);
  const count = operators.reduce((sum, operator) => sum + operator.count, 0);
  const lines = [
    { label: 'Format', value: 'TensorFlow Lite' },
    { label: 'Architecture', value: facts.architecture ?? 'unknown' },
    { label: 'Backbone', value: facts.backbone ?? 'unknown' },
    { label: 'Output stride', value: String(facts.outputStride) },
    { label: 'Classes', value: `${facts.classes} (${facts.classList ?? 'of its own'})` },
    { label: 'Input sizes', value: facts.inputSizes.map((size) => `${size} x ${size}`).join(', ') },
    { label: 'Weights', value: facts.precision },
    {
      label: 'Multiply-adds',
      value: multiplyAdds === null ? 'unknown' : `${(multiplyAdds / 1e9).toFixed(2)} billion`,
    },
  ];
  return {
    runtime: 'litert',
    files: [{ path: path.slice(path.lastIndexOf('/') + 1), bytes }],
    facts,
    report: {
      found:
        customOperators.length === 0
          ? lines
          : [...lines, { label: 'Made for', value: `a device that runs ${customOperators.join(', ')}` }],
      folded:
        tail.length === 0 ? [] : [{ pass: 'cut behind the logits when it is loaded', count: tail.length }],
      nodesBefore: count,
      nodesAfter: count - tail.length,
      weightBytes,
      multiplyAdds,
    },
  };
}
