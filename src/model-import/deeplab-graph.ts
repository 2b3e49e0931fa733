/** Reads a TensorFlow.js graph topology and finds where a DeepLab network takes its picture and gives its logits. */
import { z } from 'zod';
import { ProblemError } from '../domain/problems/problem.ts';
import { bareName } from './node-input.ts';

/** Where to feed and where to cut a DeepLab graph. */
export interface DeeplabGraph {
  /** Name of the one Placeholder; takes [1, height, width, 3]. */
  readonly inputName: string;
  /** TensorFlow.js has no uint8 tensors: a uint8 picture is fed as int32. */
  readonly inputDtype: 'int32' | 'float32';
  /** Name of the node that gives [1, rows, columns, classes] scores at the network's output stride. */
  readonly logitsName: string;
}

const nodeSchema = z.object({
  name: z.string(),
  op: z.string(),
  input: z.array(z.string()).default([]),
  attr: z.record(z.string(), z.unknown()).default({}),
});
const topologySchema = z.object({ node: z.array(nodeSchema).min(1) });
const flagSchema = z.object({ b: z.boolean() });
const typeSchema = z.object({ type: z.string() });

type GraphNode = z.infer<typeof nodeSchema>;
type Nodes = ReadonlyMap<string, GraphNode>;

const INPUT_DTYPES: Readonly<Record<string, DeeplabGraph['inputDtype']>> = {
  DT_UINT8: 'int32',
  DT_INT32: 'int32',
  DT_FLOAT: 'float32',
};

/**
 * Walks back from ArgMax over the final resizes to the logits. The final ResizeBilinear nodes that are cut off are
 * replaced by domain/upsample-argmax, which is right only for align_corners = true: anything else is refused.
 * @param topology `modelTopology` of a TF.js graph model (a GraphDef as JSON).
 * @param modelId for the message.
 * @throws ProblemError model-invalid
 */
export function readDeeplabGraph(topology: unknown, modelId: string): DeeplabGraph {
  const refuse = (detail: string): never => {
    throw new ProblemError({ kind: 'model-invalid', modelId, detail });
  };
  const parsed = topologySchema.safeParse(topology);
  if (!parsed.success) return refuse('its model.json contains no graph');
  const list = parsed.data.node;
  const nodes: Nodes = new Map(list.map((node) => [node.name, node]));

  const placeholders = list.filter((node) => node.op === 'Placeholder');
  const [placeholder] = placeholders;
  if (placeholder === undefined || placeholders.length > 1) {
    return refuse(`it has ${placeholders.length} inputs instead of one`);
  }
  const type = typeSchema.safeParse(placeholder.attr['dtype']);
  const inputDtype = type.success ? INPUT_DTYPES[type.data.type] : undefined;
  if (inputDtype === undefined) {
    return refuse(`its input "${placeholder.name}" takes neither bytes, integers nor floats`);
  }

  const argMaxes = list.filter((node) => node.op === 'ArgMax');
  const [argMax] = argMaxes;
  if (argMax === undefined || argMaxes.length > 1) {
    return refuse(`it has ${argMaxes.length} ArgMax nodes instead of one`);
  }
  const logits = logitsBefore(argMax, nodes, refuse);
  if (!dependsOn(logits, placeholder, nodes, refuse)) {
    return refuse(`its ArgMax does not depend on the input "${placeholder.name}"`);
  }
  if (logits === placeholder) return refuse('there is no network between its input and its ArgMax');
  return { inputName: placeholder.name, inputDtype, logitsName: logits.name };
}

type Refuse = (detail: string) => never;

function logitsBefore(argMax: GraphNode, nodes: Nodes, refuse: Refuse): GraphNode {
  const seen = new Set<GraphNode>();
  let node = inputOf(argMax, nodes, refuse);
  while (!seen.has(node)) {
    seen.add(node);
    if (node.op === 'ResizeBilinear') {
      if (!isSet(node, 'align_corners') || isSet(node, 'half_pixel_centers')) {
        return refuse(`"${node.name}" resizes the scores without align_corners`);
      }
    } else if (node.op !== 'Identity' && node.op !== 'Cast') {
      return node;
    }
    node = inputOf(node, nodes, refuse);
  }
  return refuse(`its graph has a cycle at "${node.name}"`);
}

function inputOf(node: GraphNode, nodes: Nodes, refuse: Refuse): GraphNode {
  const [first] = node.input;
  if (first === undefined) return refuse(`"${node.name}" has no input`);
  return nodes.get(bareName(first)) ?? refuse(`"${node.name}" takes "${first}", which is not in the graph`);
}

/** Searches `from`'s ancestors for `target`, each visited once; a node among its own ancestors is a cycle. */
function dependsOn(from: GraphNode, target: GraphNode, nodes: Nodes, refuse: Refuse): boolean {
  const finished = new Set<GraphNode>();
  const open = new Set<GraphNode>();
  const stack: GraphNode[] = [from];
  for (let node = stack.at(-1); node !== undefined; node = stack.at(-1)) {
    if (finished.has(node) || open.has(node)) {
      finished.add(node);
      open.delete(node);
      stack.pop();
      continue;
    }
    open.add(node);
    for (const name of node.input) {
      const input = nodes.get(bareName(name));
      if (input === undefined) return refuse(`"${node.name}" takes "${name}", which is not in the graph`);
      if (open.has(input)) return refuse(`its graph has a cycle at "${input.name}"`);
      if (!finished.has(input)) stack.push(input);
    }
  }
  return finished.has(target);
}

function isSet(node: GraphNode, attribute: string): boolean {
  const flag = flagSchema.safeParse(node.attr[attribute]);
  return flag.success && flag.data.b;
}
