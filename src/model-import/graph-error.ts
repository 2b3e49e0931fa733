/** What is wrong with a graph, before anybody knows the name of its file. */

/** 'damaged': the file contradicts itself; 'unsupported': it may be fine, but not for this converter. */
export type GraphErrorKind = 'not-a-model' | 'damaged' | 'unsupported';

export class GraphError extends Error {
  override readonly name = 'GraphError';
  readonly kind: GraphErrorKind;

  constructor(kind: GraphErrorKind, detail: string, options?: ErrorOptions) {
    super(detail, options);
    this.kind = kind;
  }
}

/** Names come from the file: a hostile one must not fill the page. */
export function quoted(name: string): string {
  return `"${name.length > 80 ? `${name.slice(0, 77)}...` : name}"`;
}
