import type { NodeObservations, ObservationView, TreeNode } from "../api/model";
import { newestMost } from "../api/queries";
import { leavesOf } from "./leaves";

/** The newest of the checks below a node, after news of all kinds of checks; where none is meant, the same list. */
export function withNewest(
  known: NodeObservations,
  node: TreeNode | undefined,
  news: ReadonlyMap<string, ObservationView>,
): NodeObservations {
  const fresh = leavesOf(node).flatMap(({ nodeId, name, checkId }) => {
    const observation = news.get(checkId);
    return observation ? [{ nodeId, nodeName: name, checkId, observation }] : [];
  });
  if (fresh.length === 0) return known;
  const all = [...fresh, ...known.items].sort((a, b) => b.observation.at.localeCompare(a.observation.at));
  const newest = new Map<string, (typeof all)[number]>();
  for (const item of all) if (!newest.has(item.checkId)) newest.set(item.checkId, item);
  return { ...known, items: [...newest.values()].slice(0, newestMost) };
}
