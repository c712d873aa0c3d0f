import type { TreeNode } from "../../api/model";

/** Node id to the status that it is assumed to have. */
export type Assumed = ReadonlyMap<string, string>;

/** As it stands in the URL: `<id>:down,<id>:up`. */
export function readAssumed(text: unknown): Assumed {
  const pairs = typeof text === "string" ? text.split(",") : [];
  return new Map(
    pairs.flatMap((pair) => {
      const [id, status] = pair.split(":");
      return id && status ? [[id, status] as const] : [];
    }),
  );
}

export const writeAssumed = (assumed: Assumed): string | undefined =>
  assumed.size > 0 ? [...assumed].map(([id, status]) => `${id}:${status}`).join(",") : undefined;

export function assume(assumed: Assumed, id: string, status: string | undefined): Assumed {
  const next = new Map(assumed);
  if (status) next.set(id, status);
  else next.delete(id);
  return next;
}

export interface Line {
  key: string;
  node: TreeNode;
  depth: number;
}

/** The tree as lines; a search keeps what matches, what is concerned, and the way to it. */
export function linesOf(tree: TreeNode, query: string, concerned: ReadonlySet<string>): Line[] {
  const words = query.trim().toLowerCase();
  const lines: Line[] = [];
  const visit = (node: TreeNode, depth: number, above: string) => {
    const key = `${above}/${node.id}`;
    const at = lines.length;
    lines.push({ key, node, depth });
    for (const child of node.children) visit(child, depth + 1, key);
    const wanted = !words || node.name.toLowerCase().includes(words) || concerned.has(node.id);
    if (!wanted && lines.length === at + 1) lines.pop();
  };
  visit(tree, 0, "");
  return lines;
}
