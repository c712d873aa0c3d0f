import { useQuery } from "@tanstack/react-query";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { observationsQuery } from "../../api/queries";
import { isOf, type Quantity, quantitiesOf, usualOf } from "./quantity";

/** Shows another chart, or the first; it stands in the URL as `chart`. */
export function usePickChart(): (quantity: Quantity | undefined) => void {
  const navigate = useNavigate();
  return (chart) =>
    void navigate({
      to: ".",
      search: ((known: object) => ({ ...known, chart })) as never,
      replace: true,
      resetScroll: false,
    });
}

/** What a check's chart is of and what else it could be of; nothing is known until the latest observations are. */
export function useChart(checkId: string, probe: boolean) {
  const { chart } = useSearch({ strict: false }) as { chart?: unknown };
  // Only what they carry: charts are not drawn anew with each observation.
  const carried = useQuery({ ...observationsQuery(checkId), select: (page) => quantitiesOf(page.items, probe) });
  const known = carried.data ?? [usualOf(probe)];
  const asked = isOf(chart, probe) ? chart : undefined;
  // One that was not reported lately was reported once.
  const options = asked && !known.includes(asked) ? [...known, asked] : known;
  return {
    quantity: asked ?? known[0] ?? usualOf(probe),
    options,
    isKnown: asked !== undefined || probe || !carried.isPending,
  };
}
