import { useNavigate, useSearch } from "@tanstack/react-router";
import { useCallback, useMemo } from "react";
import type { Filter } from "./rows";

export const views = ["table", "tiles", "treemap"] as const;
export type View = (typeof views)[number];

interface Params {
  q?: string | number;
  problems?: boolean;
  status?: string;
  view?: string;
}

/** What the time slider put into the URL stays there. */
interface Kept {
  at?: unknown;
  rules?: unknown;
}

/** The filter and the view stand in the URL, so that what is seen can be sent to somebody. */
export function useFilter(): [Filter, (change: Partial<Filter>) => void, View, (view: View) => void] {
  const { q, problems, status, view: asked } = useSearch({ strict: false }) as Params;
  const view = views.find((known) => known === asked) ?? "table";
  const navigate = useNavigate();
  const filter = useMemo<Filter>(
    () => ({
      query: q === undefined ? "" : String(q),
      problemsOnly: problems === true,
      statuses: new Set((status ?? "").split(",").filter(Boolean)),
    }),
    [q, problems, status],
  );
  const show = useCallback(
    (next: Filter, as: View) => {
      const search: Params = {};
      if (next.query) search.q = next.query;
      if (next.problemsOnly) search.problems = true;
      if (next.statuses.size > 0) search.status = [...next.statuses].join(",");
      if (as !== "table") search.view = as;
      void navigate({
        to: "/",
        search: (({ at, rules }: Kept) =>
          at === undefined ? search : { at, ...(rules ? { rules } : {}), ...search }) as never,
        replace: true,
      });
    },
    [navigate],
  );
  const change = useCallback((wanted: Partial<Filter>) => show({ ...filter, ...wanted }, view), [show, filter, view]);
  const look = useCallback((as: View) => show(filter, as), [show, filter]);
  return [filter, change, view, look];
}
