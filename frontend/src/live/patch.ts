import type { EdgeView, NodeView, Overview, TransitionView, TreeNode } from "../api/model";
import { worseOf } from "../util/status";
import { historiesOf, keepHistories } from "./histories";
import { keepPlaces, nodeAt, type Place, placesOf } from "./places";
import { keepStanding, renewed } from "./tree";

/** The last change of each node. */
export type Changes = ReadonlyMap<string, TransitionView>;

/** Trees after transitions; branches that none of the nodes is in stay the same objects, so nothing else is drawn again. */
export function patchTrees(trees: TreeNode[], changes: Changes): TreeNode[] {
  const places = placesOf(trees);
  const copies = new Copies(trees);
  const turns = [];
  for (const { nodeId, to, at, reason } of changes.values()) {
    const [first, ...others] = places.get(nodeId) ?? [];
    const from = first && nodeAt(trees, first)?.status;
    if (!first || from === undefined) continue;
    for (const place of [first, ...others]) copies.change(place, { status: to, since: at, statusReason: reason });
    turns.push({ id: nodeId, from, to });
  }
  if (turns.length === 0) return trees;
  keepPlaces(copies.trees, trees);
  keepStanding(copies.trees, trees, turns);
  return copies.trees;
}

/** Of trees that stay as they are, copies of the lists that something changes in: each once, whatever changes in it. */
class Copies {
  private readonly own = new Set<readonly TreeNode[]>();

  constructor(public trees: TreeNode[]) {}

  change(place: Place, change: Partial<TreeNode>) {
    const list = this.among(place);
    list[place.at] = renewed(list[place.at] as TreeNode, change);
  }

  /** The list that a place is in. */
  private among({ above }: Place): TreeNode[] {
    if (!above) {
      this.trees = this.copied(this.trees);
      return this.trees;
    }
    const list = this.among(above);
    const parent = list[above.at] as TreeNode;
    const children = this.copied(parent.children);
    if (children !== parent.children) list[above.at] = renewed(parent, { children });
    return children;
  }

  private copied(list: TreeNode[]): TreeNode[] {
    if (this.own.has(list)) return list;
    const copy = list.slice();
    this.own.add(copy);
    return copy;
  }
}

/** A node's page after a transition of itself or of one of its children. */
export function patchNode(node: NodeView, changes: Changes): NodeView {
  const own = changes.get(node.id);
  const touched = node.children.some((child) => changes.has(child.id));
  if (!own && !touched) return node;
  const children = touched ? node.children.map((child) => patchEdge(child, changes.get(child.id))) : node.children;
  if (!own) return { ...node, children };
  return { ...node, children, status: own.to, since: own.at, statusReason: own.reason, position: own.position };
}

const patchEdge = (edge: EdgeView, change: TransitionView | undefined): EdgeView =>
  change ? { ...edge, status: change.to, since: change.at } : edge;

/** The heartbeat after transitions, oldest first: only the last bucket moves, and it keeps the worst that it saw. */
export function patchOverview(overview: Overview, changes: readonly TransitionView[]): Overview {
  const places = historiesOf(overview);
  let nodes: Overview["nodes"] | undefined;
  for (const { nodeId, to } of changes) {
    const place = places.get(nodeId) ?? -1;
    const history = (nodes ?? overview.nodes)[place];
    const last = history?.heartbeat.at(-1);
    if (!history || last === undefined || (last !== null && worseOf(last, to) === last)) continue;
    nodes ??= overview.nodes.slice();
    nodes[place] = { ...history, heartbeat: history.heartbeat.with(-1, to) };
  }
  if (!nodes) return overview;
  const next = { ...overview, nodes };
  keepHistories(next, overview);
  return next;
}

/** History with a transition added once, oldest first. */
export function addTransition(list: TransitionView[], change: TransitionView): TransitionView[] {
  if (list.some((known) => known.position === change.position)) return list;
  return [...list, change].sort((a, b) => a.position - b.position);
}
