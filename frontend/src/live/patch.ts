import type { EdgeView, NodeView, Overview, TransitionView, TreeNode } from "../api/model";
import { worseOf } from "../util/status";

/** A tree after a transition; branches that the node is not in stay the same objects, so nothing else is drawn again. */
export function patchTrees(trees: TreeNode[], change: TransitionView): TreeNode[] {
  let touched = false;
  const next = trees.map((node) => {
    const patched = patchTree(node, change);
    touched ||= patched !== node;
    return patched;
  });
  return touched ? next : trees;
}

function patchTree(node: TreeNode, change: TransitionView): TreeNode {
  const children = patchTrees(node.children, change);
  if (node.id !== change.nodeId) return children === node.children ? node : { ...node, children };
  return {
    ...node,
    children,
    status: change.to,
    since: change.at,
    statusReason: change.reason,
  };
}

/** A node's page after a transition of itself or of one of its children. */
export function patchNode(node: NodeView, change: TransitionView): NodeView {
  if (node.id === change.nodeId)
    return {
      ...node,
      status: change.to,
      since: change.at,
      statusReason: change.reason,
      position: change.position,
    };
  if (!node.children.some((child) => child.id === change.nodeId)) return node;
  return {
    ...node,
    children: node.children.map((child) => patchEdge(child, change)),
  };
}

const patchEdge = (edge: EdgeView, change: TransitionView): EdgeView =>
  edge.id === change.nodeId ? { ...edge, status: change.to, since: change.at } : edge;

/** The heartbeat after a transition: only the last bucket moves, and it keeps the worst that it saw. */
export function patchOverview(overview: Overview, change: TransitionView): Overview {
  const i = overview.nodes.findIndex((node) => node.nodeId === change.nodeId);
  const history = overview.nodes[i];
  if (!history || history.heartbeat.length === 0) return overview;
  const last = history.heartbeat.at(-1);
  const now = last ? worseOf(last, change.to) : change.to;
  if (now === last) return overview;
  const nodes = overview.nodes.slice();
  nodes[i] = {
    ...history,
    heartbeat: [...history.heartbeat.slice(0, -1), now],
  };
  return { ...overview, nodes };
}

/** History with a transition added once, oldest first. */
export function addTransition(list: TransitionView[], change: TransitionView): TransitionView[] {
  if (list.some((known) => known.position === change.position)) return list;
  return [...list, change].sort((a, b) => a.position - b.position);
}
