import type { TreeNode } from "../api/model";
import { byWorst, isProblem } from "../util/status";

/** Every node once, parents before children, although a node may stand under several. */
export function allNodes(trees: readonly TreeNode[]): Map<string, TreeNode> {
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

export const sizeOf = (node: TreeNode): number => node.children.reduce((sum, child) => sum + sizeOf(child), 1);

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
  const visit = (node: TreeNode, above: TreeNode[]) => {
    const below = node.children.some((child) => isProblem(child.status));
    if (isProblem(node.status) && !below) {
      const known = found.get(node.id) ?? {
        node,
        parent: above.at(-1),
        affects: 0,
        above: new Set<string>(),
      };
      for (const a of above) if (isProblem(a.status)) known.above.add(a.id);
      found.set(node.id, known);
    }
    for (const child of node.children) visit(child, [...above, node]);
  };
  for (const tree of trees) visit(tree, []);
  return [...found.values()]
    .map(({ above, ...problem }) => ({ ...problem, affects: above.size }))
    .sort((a, b) => byWorst(a.node.status, b.node.status) || b.node.since.localeCompare(a.node.since));
}
