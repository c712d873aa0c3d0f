import { useNavigate, useSearch } from "@tanstack/react-router";
import { useCallback } from "react";
import type { LogFilter } from "../../api/logs";
import { paths } from "../../util/paths";

const names = ["level", "component", "agent", "text", "from", "to"] as const;

export type ChangeFilter = (change: { [K in keyof LogFilter]?: LogFilter[K] | undefined }) => void;

/** Which lines are asked for; it stands in the address, so that it can be sent to somebody. */
export function useLogFilter(): [LogFilter, ChangeFilter] {
  const search = useSearch({ strict: false }) as Record<string, unknown>;
  const navigate = useNavigate();
  const filter: LogFilter = {};
  for (const name of names) if (search[name] !== undefined) filter[name] = String(search[name]);
  const set = useCallback(
    (change: object) =>
      void navigate({
        to: paths.system(),
        search: ((known: object) => ({ ...known, ...change })) as never,
        replace: true,
        resetScroll: false,
      }),
    [navigate],
  );
  return [filter, set];
}
