import type { TreeNode } from "../../api/model";
import { byWorst, isProblem } from "../../util/status";

export interface Board {
  root: TreeNode;
  /** Its leaves, worst first; each once, wherever it stands. */
  tiles: TreeNode[];
  /** Leaves that found no room; all of them are calmer than the last tile. */
  more: number;
}

/** One screenful: a hierarchy, or a part of its tiles. */
export interface Page {
  root: TreeNode;
  tiles: TreeNode[];
  /** From 1, of how many screenfuls of this hierarchy. */
  part: number;
  parts: number;
  /** Leaves that are on no page. */
  more: number;
}

function leavesBelow(root: TreeNode): TreeNode[] {
  const found = new Map<string, TreeNode>();
  const visit = (node: TreeNode) => {
    if (node.children.length === 0) found.set(node.id, node);
    else node.children.forEach(visit);
  };
  visit(root);
  return [...found.values()];
}

/** What a wall shows of each hierarchy: problems always, and of the calm ones as many as have room. */
export function boardsOf(trees: readonly TreeNode[], room: number): Board[] {
  return trees
    .map((root) => {
      const leaves = leavesBelow(root).sort((a, b) => byWorst(a.status, b.status) || a.name.localeCompare(b.name));
      const problems = leaves.filter((leaf) => isProblem(leaf.status)).length;
      const tiles = leaves.slice(0, Math.max(room, problems));
      return { root, tiles, more: leaves.length - tiles.length };
    })
    .sort((a, b) => byWorst(a.root.status, b.root.status) || a.root.name.localeCompare(b.root.name));
}

/** Screenfuls of so many tiles, the worst hierarchy first; one that is calm needs no more than one. */
export const pagesOf = (trees: readonly TreeNode[], room: number): Page[] =>
  boardsOf(trees, room).flatMap(({ root, tiles, more }) => {
    const parts = Math.max(1, Math.ceil(tiles.length / room));
    return Array.from({ length: parts }, (_, i) => ({
      root,
      tiles: tiles.slice(i * room, (i + 1) * room),
      part: i + 1,
      parts,
      more: i === parts - 1 ? more : 0,
    }));
  });
