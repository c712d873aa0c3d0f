import { infiniteQueryOptions, keepPreviousData, queryOptions } from "@tanstack/react-query";
import { api, unwrap } from "./client";

const hour = 3_600_000;
const page = 20;

/** Torch's own figures of the last hours; read again as each server says more. */
export const systemMetricsQuery = (hours: number, buckets = 96) =>
  queryOptions({
    queryKey: ["system", "metrics", hours, buckets],
    queryFn: () =>
      unwrap(
        api.GET("/api/v1/system/metrics", {
          params: { query: { from: new Date(Date.now() - hours * hour).toISOString(), buckets } },
        }),
      ),
    placeholderData: keepPreviousData,
    refetchInterval: 60_000,
  });

/** What became of Torch itself in the last hours, newest first, page by page. */
export const systemEventsQuery = (hours: number) =>
  infiniteQueryOptions({
    queryKey: ["system", "events", hours],
    queryFn: ({ pageParam }) =>
      unwrap(
        api.GET("/api/v1/system/events", {
          params: {
            query: {
              from: new Date(Date.now() - hours * hour).toISOString(),
              limit: page,
              ...(pageParam ? { before: pageParam } : {}),
            },
          },
        }),
      ),
    initialPageParam: "",
    getNextPageParam: (last) => last.next ?? undefined,
    placeholderData: keepPreviousData,
    refetchInterval: (query) => ((query.state.data?.pages.length ?? 0) > 1 ? false : 60_000),
  });
