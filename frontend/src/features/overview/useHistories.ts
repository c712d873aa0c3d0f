import { useMemo } from "react";
import type { NodeHistory, Overview } from "../../api/model";

/** The history of a node, by its id. */
export interface Histories {
  get: (nodeId: string) => NodeHistory | undefined;
}

/** Where each node stands in an answer is worked out once: what lives changes their beats, never their places. */
export function useHistories(overview: Overview | undefined): Histories {
  const nodes = overview?.nodes;
  // biome-ignore lint/correctness/useExhaustiveDependencies: each answer has another beginning, and live changes keep it
  const places = useMemo(
    () => new Map((nodes ?? []).map((node, i) => [node.nodeId, i])),
    [overview?.from, nodes?.length],
  );
  return useMemo(
    () => ({
      get: (nodeId) => {
        const found = nodes?.[places.get(nodeId) ?? -1];
        return found?.nodeId === nodeId ? found : undefined;
      },
    }),
    [nodes, places],
  );
}
