import type { TreeNode } from "../../api/model";
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
  node: TreeNode;
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

/** The rows to draw. A filter keeps what matches with the way to it, unfolded; without one, folds decide. */
export function flatten(trees: readonly TreeNode[], folded: ReadonlySet<string>, filter: Filter): Row[] {
  const rows: Row[] = [];
  const filtering = isFiltering(filter);
  const matches = matcher(filter);
  const visit = (node: TreeNode, depth: number, above: string) => {
    const key = above ? `${above}/${node.id}` : node.id;
    const at = rows.length;
    const group = node.children.length > 0;
    const open = group && (filtering || !folded.has(key));
    rows.push({
      key,
      node,
      depth,
      expanded: group ? open : undefined,
      below: 0,
    });
    if (open) for (const child of node.children) visit(child, depth + 1, key);
    // Nothing below matched: keep the row for its own sake or not at all.
    if (filtering && rows.length === at + 1 && !matches(node)) rows.pop();
    else if (group && !open) (rows[at] as Row).below = below(node);
  };
  for (const tree of trees) visit(tree, 0, "");
  return rows;
}

export function matcher({ query, problemsOnly, statuses }: Filter): (node: TreeNode) => boolean {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean);
  return (node) => {
    if (problemsOnly && !isProblem(node.status)) return false;
    if (statuses.size > 0 && !statuses.has(node.status)) return false;
    const text = [node.name, ...node.tags, node.checkKind ?? ""].join(" ").toLowerCase();
    return words.every((word) => text.includes(word));
  };
}

const below = (node: TreeNode): number => node.children.reduce((sum, child) => sum + 1 + below(child), 0);

/** A hierarchy this large starts folded; a person would not read it as a list. */
const startFoldedAbove = 300;

export function firstFolds(trees: readonly TreeNode[]): Set<string> {
  return new Set(trees.filter((tree) => below(tree) > startFoldedAbove).map((tree) => tree.id));
}
