import { t } from "@texts/overview";
import type { TreeNode } from "../../api/model";
import type { Moved } from "../../api/moves";
import type { Nodes } from "../../live/places";
import type { Row } from "./rows";

/** Rows by their keys: a node under two parents has two. */
export type Selection = ReadonlySet<string>;

export const nothing: Selection = new Set();

export function toggled(selection: Selection, key: string): Selection {
  const next = new Set(selection);
  if (!next.delete(key)) next.add(key);
  return next;
}

/** Those between two rows, both included, beside what was selected. */
export function between(rows: readonly Row[], selection: Selection, from: string, to: string): Selection {
  const [a, b] = [rows.findIndex((row) => row.key === from), rows.findIndex((row) => row.key === to)];
  if (a < 0 || b < 0) return toggled(selection, to);
  return new Set([...selection, ...rows.slice(Math.min(a, b), Math.max(a, b) + 1).map((row) => row.key)]);
}

const ids = (key: string) => key.split("/");

/** The nodes of some rows, each once; rows that are gone are left out. */
export function nodesOf(selection: Selection, nodes: Nodes): TreeNode[] {
  const found = new Map<string, TreeNode>();
  for (const key of selection) {
    const node = nodes.get(ids(key).at(-1) ?? "");
    if (node) found.set(node.id, node);
  }
  return [...found.values()];
}

/** What goes where the rows go: below a node that goes, its children come along by themselves. */
export function movedOf(keys: Iterable<string>, nodes: Nodes): Moved[] {
  const all = new Set(keys);
  const moved = new Map<string, Moved>();
  for (const key of all) {
    const way = ids(key);
    const node = nodes.get(way.at(-1) ?? "");
    const comesAlong = way.some((_, i) => i > 0 && all.has(way.slice(0, i).join("/")));
    if (node && !comesAlong && !moved.has(node.id))
      moved.set(node.id, { id: node.id, name: node.name, from: way.at(-2) });
  }
  return [...moved.values()];
}

/** Why rows cannot be dropped on another; undefined where they can. */
export function whyNotOn(target: Row, dragged: Iterable<string>): string | undefined {
  if (target.node.checkId) return t.aLeafShowsACheckAndHasNoChildren;
  const way = new Set(ids(target.key));
  for (const key of dragged) {
    const own = ids(key);
    if (way.has(own.at(-1) ?? "")) return t.itCannotStandBelowItself;
    if (own.length > 1 && own.at(-2) === target.node.id) return t.itStandsThereAlready;
  }
  return undefined;
}
