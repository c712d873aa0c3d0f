import { useNavigate, useSearch } from "@tanstack/react-router";
import { useCallback, useMemo } from "react";
import type { Filter } from "./rows";

interface Params {
  q?: string | number;
  problems?: boolean;
  status?: string;
}

/** The filter stands in the URL, so that a view can be sent to somebody. */
export function useFilter(): [Filter, (change: Partial<Filter>) => void] {
  const { q, problems, status } = useSearch({ strict: false }) as Params;
  const navigate = useNavigate();
  const filter = useMemo<Filter>(
    () => ({
      query: q === undefined ? "" : String(q),
      problemsOnly: problems === true,
      statuses: new Set((status ?? "").split(",").filter(Boolean)),
    }),
    [q, problems, status],
  );
  const change = useCallback(
    (wanted: Partial<Filter>) => {
      const next = { ...filter, ...wanted };
      const search: Params = {};
      if (next.query) search.q = next.query;
      if (next.problemsOnly) search.problems = true;
      if (next.statuses.size > 0) search.status = [...next.statuses].join(",");
      void navigate({
        to: "/",
        search: ((known: { at?: unknown }) => (known.at === undefined ? search : { at: known.at, ...search })) as never,
        replace: true,
      });
    },
    [filter, navigate],
  );
  return [filter, change];
}
