import type { EdgeView, NodeView, Overview, TransitionView, TreeNode } from "../api/model";
import { worseOf } from "../util/status";

/** The last change of each node. */
export type Changes = ReadonlyMap<string, TransitionView>;

/** Trees after transitions, in one walk; branches that none of the nodes is in stay the same objects, so nothing else is drawn again. */
export function patchTrees(trees: TreeNode[], changes: Changes): TreeNode[] {
  let next: TreeNode[] | undefined;
  for (let i = 0; i < trees.length; i++) {
    const node = trees[i] as TreeNode;
    const patched = patchTree(node, changes);
    if (patched === node) continue;
    next ??= trees.slice();
    next[i] = patched;
  }
  return next ?? trees;
}

function patchTree(node: TreeNode, changes: Changes): TreeNode {
  const children = node.children.length > 0 ? patchTrees(node.children, changes) : node.children;
  const change = changes.get(node.id);
  if (!change) return children === node.children ? node : { ...node, children };
  return { ...node, children, status: change.to, since: change.at, statusReason: change.reason };
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
  const worst = new Map<string, string>();
  for (const { nodeId, to } of changes) worst.set(nodeId, worseOf(worst.get(nodeId) ?? to, to));
  let nodes: Overview["nodes"] | undefined;
  for (let i = 0; i < overview.nodes.length; i++) {
    const history = overview.nodes[i] as Overview["nodes"][number];
    const to = worst.get(history.nodeId);
    const last = history.heartbeat.at(-1);
    const now = to === undefined || last == null ? to : worseOf(last, to);
    if (now === undefined || now === last || history.heartbeat.length === 0) continue;
    nodes ??= overview.nodes.slice();
    nodes[i] = { ...history, heartbeat: [...history.heartbeat.slice(0, -1), now] };
  }
  return nodes ? { ...overview, nodes } : overview;
}

/** History with a transition added once, oldest first. */
export function addTransition(list: TransitionView[], change: TransitionView): TransitionView[] {
  if (list.some((known) => known.position === change.position)) return list;
  return [...list, change].sort((a, b) => a.position - b.position);
}
