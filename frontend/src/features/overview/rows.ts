import type { TreeNode } from "../../api/model";
import type { Place } from "../../live/places";
import { sizeOf } from "../../live/tree";
import { isProblem } from "../../util/status";

export interface Filter {
  query: string;
  problemsOnly: boolean;
  /** Statuses to keep; empty keeps all. */
  statuses: ReadonlySet<string>;
}

export interface Row {
  /** The path of ids from the root: a node under two parents has two rows. */
  key: string;
  /** Where its node stands: how it is now is asked of the trees. */
  place: Place;
  /** What of its node stays for as long as it stands there. */
  node: Pick<TreeNode, "id" | "name" | "checkId">;
  depth: number;
  /** Undefined for a leaf. */
  expanded: boolean | undefined;
  /** Nodes below, for a folded group. */
  below: number;
}

export const noFilter: Filter = {
  query: "",
  problemsOnly: false,
  statuses: new Set(),
};

export const isFiltering = (filter: Filter) =>
  filter.problemsOnly || filter.statuses.size > 0 || filter.query.trim() !== "";

/** Only then do rows come and go with the statuses that change. */
export const asksStatus = (filter: Filter) => filter.problemsOnly || filter.statuses.size > 0;

/** The rows to draw. A filter keeps what matches with the way to it, unfolded; without one, folds decide. */
export function flatten(trees: readonly TreeNode[], folded: ReadonlySet<string>, filter: Filter): Row[] {
  const rows: Row[] = [];
  const filtering = isFiltering(filter);
  const matches = matcher(filter);
  const visit = (node: TreeNode, place: Place, depth: number, above: string) => {
    const first = rows.length;
    const key = above ? `${above}/${node.id}` : node.id;
    const group = node.children.length > 0;
    const expanded = group ? filtering || !folded.has(key) : undefined;
    const below = group && !expanded ? sizeOf(node) - 1 : 0;
    rows.push({ key, place, node, depth, expanded, below });
    if (expanded) for (const [at, child] of node.children.entries()) visit(child, { above: place, at }, depth + 1, key);
    // Nothing below matched: keep the row for its own sake or not at all.
    if (filtering && rows.length === first + 1 && !matches(node)) rows.pop();
  };
  for (const [at, tree] of trees.entries()) visit(tree, { above: undefined, at }, 0, "");
  return rows;
}

export function matcher({ query, problemsOnly, statuses }: Filter): (node: TreeNode) => boolean {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean);
  return (node) => {
    if (problemsOnly && !isProblem(node.status)) return false;
    if (statuses.size > 0 && !statuses.has(node.status)) return false;
    if (words.length === 0) return true;
    const text = textOf(node);
    return words.every((word) => text.includes(word));
  };
}

const texts = new WeakMap<TreeNode, string>();

/** What a search looks at, made once for a node. */
function textOf(node: TreeNode): string {
  const found = texts.get(node) ?? [node.name, ...node.tags, node.checkKind ?? ""].join(" ").toLowerCase();
  texts.set(node, found);
  return found;
}

/** A hierarchy this large starts folded; a person would not read it as a list. */
const startFoldedAbove = 300;

/** So many rows of a large one are seen at first: whole levels of it. */
const firstRows = 60;

export function firstFolds(trees: readonly TreeNode[]): Set<string> {
  return new Set(trees.filter((tree) => sizeOf(tree) > startFoldedAbove).flatMap(closedBelow));
}

/** The keys of the groups at which a large hierarchy is folded: as deep as whole levels have room. */
function closedBelow(root: TreeNode): string[] {
  let groups = [{ key: root.id, node: root }];
  let rows = 1;
  for (;;) {
    const below = groups.flatMap(({ key, node }) =>
      node.children.map((child) => ({ key: `${key}/${child.id}`, node: child })),
    );
    rows += below.length;
    const deeper = below.filter(({ node }) => node.children.length > 0);
    if (rows > firstRows || deeper.length === 0) return groups.map(({ key }) => key);
    groups = deeper;
  }
}
