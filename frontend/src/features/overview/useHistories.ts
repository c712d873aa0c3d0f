import { useMemo } from "react";
import type { NodeHistory, Overview } from "../../api/model";
import { historiesOf } from "../../live/histories";

/** The history of a node, by its id. */
export interface Histories {
  get: (nodeId: string) => NodeHistory | undefined;
}

export function useHistories(overview: Overview | undefined): Histories {
  return useMemo(() => ({ get: (nodeId) => overview?.nodes[historiesOf(overview).get(nodeId) ?? -1] }), [overview]);
}
