import { infiniteQueryOptions, keepPreviousData, queryOptions } from "@tanstack/react-query";
import { api, unwrap } from "./client";

/** Which lines of the log are asked for, as the address has it. */
export interface LogFilter {
  level?: string;
  component?: string;
  agent?: string;
  text?: string;
  from?: string;
  to?: string;
}

export const logsKey = ["logs"];
const page = 100;

/** Lines, newest first, page by page; read again while nobody has turned the page. */
export const logsQuery = (filter: LogFilter) =>
  infiniteQueryOptions({
    queryKey: [...logsKey, "lines", filter],
    queryFn: ({ pageParam }) =>
      unwrap(
        api.GET("/api/v1/system/logs", {
          params: { query: { ...filter, limit: page, ...(pageParam ? { before: pageParam } : {}) } },
        }),
      ),
    initialPageParam: "",
    getNextPageParam: (last) => last.next ?? undefined,
    placeholderData: keepPreviousData,
    refetchInterval: (query) => ((query.state.data?.pages.length ?? 0) > 1 ? false : 10_000),
  });

/** How many lines are kept of each component, agent and level. */
export const logCountsQuery = () =>
  queryOptions({
    queryKey: [...logsKey, "counts"],
    queryFn: () => unwrap(api.GET("/api/v1/system/logs/counts", {})),
    refetchInterval: 60_000,
  });
