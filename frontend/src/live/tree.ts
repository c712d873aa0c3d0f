import type { TreeNode } from "../api/model";
import { byWorst, isProblem } from "../util/status";
import { nodeAt, type Place, placesOf } from "./places";

const sizes = new WeakMap<TreeNode, number>();

/** How many it is with all below it, worked out once; a node under several parents counts for each. */
export function sizeOf(node: TreeNode): number {
  if (node.children.length === 0) return 1;
  const found = sizes.get(node) ?? node.children.reduce((sum, child) => sum + sizeOf(child), 1);
  sizes.set(node, found);
  return found;
}

/** A node after a change of what is below it, of which nothing came or went. */
export function renewed(node: TreeNode, change: Partial<TreeNode>): TreeNode {
  const next = { ...node, ...change };
  const size = sizes.get(node);
  if (size !== undefined) sizes.set(next, size);
  return next;
}

/** How the nodes are: how many have which status, and which of them are anything but up. */
export interface Standing {
  counts: ReadonlyMap<string, number>;
  notUp: ReadonlySet<string>;
}

const standings = new WeakMap<readonly TreeNode[], Standing>();

/** Worked out once, and from then on kept up with each change: see `keepStanding`. */
function standingOf(trees: readonly TreeNode[]): Standing {
  const found = standings.get(trees) ?? changed({ counts: new Map(), notUp: new Set() }, everyOne(trees));
  standings.set(trees, found);
  return found;
}

/** Of a node: what it was, and what it is. */
interface Turn {
  id: string;
  from: string | undefined;
  to: string;
}

function* everyOne(trees: readonly TreeNode[]): Iterable<Turn> {
  for (const [id, [place]] of placesOf(trees)) {
    const to = nodeAt(trees, place)?.status;
    if (to !== undefined) yield { id, from: undefined, to };
  }
}

function changed(before: Standing, turns: Iterable<Turn>): Standing {
  const [counts, notUp] = [new Map(before.counts), new Set(before.notUp)];
  const add = (status: string, n: number) => {
    const sum = (counts.get(status) ?? 0) + n;
    if (sum > 0) counts.set(status, sum);
    else counts.delete(status);
  };
  for (const { id, from, to } of turns) {
    if (from !== undefined) add(from, -1);
    add(to, 1);
    if (to === "up") notUp.delete(id);
    else notUp.add(id);
  }
  return { counts, notUp };
}

/** Trees stand as others did, but for these. */
export function keepStanding(next: readonly TreeNode[], before: readonly TreeNode[], turns: Iterable<Turn>) {
  standings.set(next, changed(standingOf(before), turns));
}

/** How many nodes have which status, each once. */
export const countByStatus = (trees: readonly TreeNode[]) => standingOf(trees).counts;

export interface Problem {
  node: TreeNode;
  /** The parent that it was found under. */
  parent: TreeNode | undefined;
  /** Distinct problems above it: those it explains. */
  affects: number;
}

export interface RootCauses {
  /** Worst first, then the newest; so many as were asked for. */
  worst: readonly Problem[];
  /** How many there are. */
  count: number;
}

/** Problems with no problem below them. Only the worst are told of: there may be thousands. */
export function rootCauses(trees: readonly TreeNode[], most: number): RootCauses {
  const worst: TreeNode[] = [];
  let count = 0;
  const places = placesOf(trees);
  for (const id of standingOf(trees).notUp) {
    const node = nodeAt(trees, (places.get(id) as readonly [Place])[0]);
    if (!node || !isProblem(node.status) || node.children.some((child) => isProblem(child.status))) continue;
    count++;
    const rank = worst.findIndex((other) => comesFirst(node, other));
    worst.splice(rank < 0 ? worst.length : rank, 0, node);
    worst.length = Math.min(worst.length, most);
  }
  return { worst: worst.map((node) => problemOf(trees, node)), count };
}

function comesFirst(a: TreeNode, b: TreeNode): boolean {
  const order = byWorst(a.status, b.status);
  if (order !== 0) return order < 0;
  return a.since === b.since ? a.name < b.name : a.since > b.since;
}

function problemOf(trees: readonly TreeNode[], node: TreeNode): Problem {
  const places = placesOf(trees).get(node.id) as readonly [Place, ...Place[]];
  const explained = new Set<string>();
  for (const place of places)
    for (let above = place.above; above; above = above.above) {
      const found = nodeAt(trees, above);
      if (found && isProblem(found.status)) explained.add(found.id);
    }
  const parent = places[0].above;
  return { node, parent: parent && nodeAt(trees, parent), affects: explained.size };
}
