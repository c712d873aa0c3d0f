import { t } from "@texts/path";
import type { CauseEdge, CauseNode, CausesView } from "../../api/model";
import { counted, listed } from "../../util/number";
import { byWorst } from "../../util/status";

/** A node of the picture; one that stands for many leaves of a parent says how to open it. */
export interface Drawn extends CauseNode {
  /** The parent whose leaves these are. */
  opens?: string;
}

/** A picture of so many nodes is read as it is. */
const readable = 60;
/** So many leaves of one parent are few. */
const few = 6;

/** Of a large picture the leaves of each parent are one card, until it is opened; the same view where there is nothing to fold. */
export function folded(view: CausesView, open: ReadonlySet<string>): { nodes: Drawn[]; edges: CauseEdge[] } {
  if (view.nodes.length <= readable) return view;
  const nodes = new Map<string, Drawn>(view.nodes.map((node) => [node.id, node]));
  const groups = [...leavesOf(view)].filter(([parent, leaves]) => leaves.length > few && !open.has(parent));
  const gone = new Map(groups.flatMap(([parent, leaves]) => leaves.map((edge) => [edge.childId, parent])));
  const edges = view.edges.filter((edge) => !gone.has(edge.childId));
  for (const [parent, leaves] of groups) {
    const all = leaves.map(({ childId }) => nodes.get(childId) as CauseNode);
    const card = cardOf(parent, all);
    for (const { id } of all) nodes.delete(id);
    nodes.set(card.id, card);
    edges.push({
      ...leaves[0],
      parentId: parent,
      childId: card.id,
      weight: 1,
      decides: leaves.some((edge) => edge.decides),
    });
  }
  return { nodes: [...nodes.values()], edges };
}

/** By parent, what stands below it alone and has nothing below itself. */
function leavesOf({ edges }: CausesView): Map<string, CauseEdge[]> {
  const above = new Set(edges.map(({ parentId }) => parentId));
  const parents = new Map<string, number>();
  for (const { childId } of edges) parents.set(childId, (parents.get(childId) ?? 0) + 1);
  const found = new Map<string, CauseEdge[]>();
  for (const edge of edges)
    if (parents.get(edge.childId) === 1 && !above.has(edge.childId))
      found.set(edge.parentId, [...(found.get(edge.parentId) ?? []), edge]);
  return found;
}

function cardOf(parent: string, leaves: readonly CauseNode[]): Drawn {
  const sorted = [...leaves].sort((a, b) => byWorst(a.status, b.status) || a.name.localeCompare(b.name));
  const worst = sorted[0] as CauseNode;
  const causes = leaves.every(({ rootCause }) => rootCause);
  return {
    ...worst,
    id: `${parent}/leaves`,
    name: counted(leaves.length, causes ? t.rootCauses : t.nodes),
    sentence: listed(sorted.map(({ name }) => name)),
    otherProblems: 0,
    otherCalm: 0,
    opens: parent,
  };
}
