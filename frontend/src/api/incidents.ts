import { infiniteQueryOptions, queryOptions } from "@tanstack/react-query";
import { api, unwrap } from "./client";
import { perPage } from "./pages";

export const incidentsKey = ["incidents"] as const;

/** A transition somewhere may begin or end one; the list is read again that often. */
const everyMs = 5_000;

const page = 100;

/** Newest first, page by page. */
export const incidentsQuery = (state: "open" | "ended") =>
  infiniteQueryOptions({
    queryKey: [...incidentsKey, state],
    queryFn: ({ pageParam }) => {
      const query = { state, limit: page, ...(pageParam ? { before: pageParam } : {}) };
      return unwrap(api.GET("/api/v1/incidents", { params: { query } }));
    },
    initialPageParam: "",
    getNextPageParam: (last) => last.next ?? undefined,
    refetchInterval: perPage(everyMs),
  });

export const incidentQuery = (id: string) =>
  queryOptions({
    queryKey: [...incidentsKey, id],
    queryFn: () => unwrap(api.GET("/api/v1/incidents/{id}", { params: { path: { id } } })),
    refetchInterval: everyMs,
  });
