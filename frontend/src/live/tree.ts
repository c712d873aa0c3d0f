import type { TreeNode } from "../api/model";
import { byWorst, isProblem } from "../util/status";

const known = new WeakMap<readonly TreeNode[], ReadonlyMap<string, TreeNode>>();

/** Every node once, parents before children, although a node may stand under several. Worked out once for a reading of the trees. */
export function allNodes(trees: readonly TreeNode[]): ReadonlyMap<string, TreeNode> {
  const found = known.get(trees) ?? walk(trees);
  known.set(trees, found);
  return found;
}

function walk(trees: readonly TreeNode[]): Map<string, TreeNode> {
  const seen = new Map<string, TreeNode>();
  const visit = (node: TreeNode) => {
    if (seen.has(node.id)) return;
    seen.set(node.id, node);
    node.children.forEach(visit);
  };
  trees.forEach(visit);
  return seen;
}

/** How many nodes have which status. */
export function countByStatus(nodes: Iterable<TreeNode>): Map<string, number> {
  const counts = new Map<string, number>();
  for (const node of nodes) counts.set(node.status, (counts.get(node.status) ?? 0) + 1);
  return counts;
}

const sizes = new WeakMap<TreeNode, number>();

/** It and all below it. */
export function sizeOf(node: TreeNode): number {
  const found = sizes.get(node) ?? node.children.reduce((sum, child) => sum + sizeOf(child), 1);
  sizes.set(node, found);
  return found;
}

export interface Problem {
  node: TreeNode;
  /** The parent that it was found under. */
  parent: TreeNode | undefined;
  /** Distinct problems above it: those it explains. */
  affects: number;
}

/** Problems with no problem below them, worst first, then the newest. */
export function rootCauses(trees: readonly TreeNode[]): Problem[] {
  const found = new Map<string, Problem & { above: Set<string> }>();
  // The way to the node that is visited.
  const way: TreeNode[] = [];
  const visit = (node: TreeNode) => {
    if (isProblem(node.status) && !node.children.some((child) => isProblem(child.status))) {
      const cause = found.get(node.id) ?? { node, parent: way.at(-1), affects: 0, above: new Set<string>() };
      for (const above of way) if (isProblem(above.status)) cause.above.add(above.id);
      found.set(node.id, cause);
    }
    way.push(node);
    node.children.forEach(visit);
    way.pop();
  };
  trees.forEach(visit);
  return [...found.values()]
    .map(({ above, ...problem }) => ({ ...problem, affects: above.size }))
    .sort((a, b) => byWorst(a.node.status, b.node.status) || b.node.since.localeCompare(a.node.since));
}
