/** Parses how a GraphDef names the inputs of a node. */

/** "^name" is a control input, "name:1" the second output of name. */
export function bareName(input: string): string {
  return input.replace(/^\^/, '').replace(/:\d+$/, '');
}

/** A control input orders execution and carries no value. */
export function isControlInput(input: string): boolean {
  return input.startsWith('^');
}
