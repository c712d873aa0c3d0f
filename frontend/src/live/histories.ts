import type { Overview } from "../api/model";

type Places = ReadonlyMap<string, number>;

const known = new WeakMap<Overview, Places>();

/** Where each node's history stands in an answer, worked out once: what lives changes its beats, never its place. */
export function historiesOf(overview: Overview): Places {
  const found = known.get(overview) ?? new Map(overview.nodes.map((node, i) => [node.nodeId, i]));
  known.set(overview, found);
  return found;
}

/** Says of an answer that every history stands in it where it stood before. */
export function keepHistories(next: Overview, before: Overview) {
  known.set(next, historiesOf(before));
}
