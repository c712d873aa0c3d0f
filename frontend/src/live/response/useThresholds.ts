import { useQueries } from "@tanstack/react-query";
import { rulesAtQuery } from "../../api/past";
import { rulesQuery } from "../../api/queries";
import type { Quantity } from "./quantity";
import { type Threshold, thresholdsOf } from "./thresholds";

/** A check that more nodes show than are worth asking. */
const most = 10;

/** What the rules of the nodes compare a quantity with; those in force at an instant where one is named. */
export function useThresholds(nodeIds: readonly string[], quantity: Quantity, at?: string): Threshold[] {
  const of = nodeIds.slice(0, most);
  const now = useQueries({ queries: at ? [] : of.map((id) => rulesQuery(id)) });
  const then = useQueries({ queries: at ? of.map((id) => rulesAtQuery(id, at)) : [] });
  const rules = [...now, ...then].flatMap(({ data }) => data?.rules ?? []);
  return thresholdsOf(rules).filter((threshold) => threshold.quantity === quantity);
}
