import { useQuery } from "@tanstack/react-query";
import { statusesQuery } from "../api/queries";
import { builtInStatuses, byWorst, look } from "../util/status";

/** Every status of this workspace, worst first. */
export function useStatusNames(): string[] {
  const known = useQuery(statusesQuery());
  return (known.data?.map((status) => status.name) ?? [...builtInStatuses]).toSorted(byWorst);
}

/** Statuses that a rule may give: those that compare, worst first. */
export function useRuleStatuses(): string[] {
  const known = useQuery(statusesQuery());
  const own = known.data?.filter((status) => status.severity !== null).map((status) => status.name);
  return (own ?? builtInStatuses.filter((status) => look(status).severity !== null)).toSorted(byWorst);
}
