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

/** How many nodes stand somewhere, and how many of them have which status. */
interface Tally {
  size: number;
  counts: ReadonlyMap<string, number>;
}

const tallies = new WeakMap<TreeNode, Tally>();

/** A group's, worked out once for as long as nothing below it changes; a node under several parents counts for each. */
function tallyOf(group: TreeNode): Tally {
  const found = tallies.get(group) ?? tallied(group.children, 1, new Map([[group.status, 1]]));
  tallies.set(group, found);
  return found;
}

function tallied(nodes: readonly TreeNode[], size: number, counts: Map<string, number>): Tally {
  const add = (status: string, n: number) => counts.set(status, (counts.get(status) ?? 0) + n);
  let all = size;
  for (const node of nodes) {
    const { size: below, counts: each } = node.children.length > 0 ? tallyOf(node) : lone;
    all += below;
    if (below === 1) add(node.status, 1);
    else for (const [status, n] of each) add(status, n);
  }
  return { size: all, counts };
}

const lone: Tally = { size: 1, counts: new Map() };

/** It and all below it. */
export const sizeOf = (node: TreeNode): number => tallyOf(node).size;

const distinct = new WeakMap<readonly TreeNode[], number>();

/** How many nodes there are, each once. */
export function countNodes(trees: readonly TreeNode[]): number {
  const found = distinct.get(trees) ?? allNodes(trees).size;
  distinct.set(trees, found);
  return found;
}

/** How many nodes have which status, each once. */
export function countByStatus(trees: readonly TreeNode[]): ReadonlyMap<string, number> {
  const { size, counts } = tallied(trees, 0, new Map());
  if (size === countNodes(trees)) return counts;
  const each = new Map<string, number>();
  for (const { status } of allNodes(trees).values()) each.set(status, (each.get(status) ?? 0) + 1);
  return each;
}

/** The trees after a change of statuses: what is known of their shape still holds. */
export function reshaped(next: TreeNode[], before: readonly TreeNode[]): TreeNode[] {
  const size = distinct.get(before);
  if (size !== undefined) distinct.set(next, size);
  return next;
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
  const note = (node: TreeNode) => {
    const cause = found.get(node.id) ?? { node, parent: way.at(-1), affects: 0, above: new Set<string>() };
    for (const above of way) if (isProblem(above.status)) cause.above.add(above.id);
    found.set(node.id, cause);
  };
  const visit = (nodes: readonly TreeNode[]) => {
    for (const node of nodes) {
      if (node.children.length === 0) {
        if (isProblem(node.status)) note(node);
        continue;
      }
      if (isProblem(node.status) && !node.children.some((child) => isProblem(child.status))) note(node);
      if (![...tallyOf(node).counts.keys()].some(isProblem)) continue;
      way.push(node);
      visit(node.children);
      way.pop();
    }
  };
  visit(trees);
  return [...found.values()]
    .map(({ above, ...problem }) => ({ ...problem, affects: above.size }))
    .sort((a, b) => byWorst(a.node.status, b.node.status) || b.node.since.localeCompare(a.node.since));
}
