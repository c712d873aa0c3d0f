import { keepPreviousData, queryOptions } from "@tanstack/react-query";
import { api, unwrap } from "./client";

/** Every publication of a node's rules. */
export const rulesVersionsQuery = (id: string) =>
  queryOptions({
    queryKey: ["rules", id, "versions"],
    queryFn: () => unwrap(api.GET("/api/v1/nodes/{id}/rules/versions", { params: { path: { id } } })),
  });

/** The why of a past instant; it never changes. */
export const explainAtQuery = (id: string, position: number) =>
  queryOptions({
    queryKey: ["explained", id, position],
    queryFn: () =>
      unwrap(
        api.GET("/api/v1/nodes/{id}/explain", { params: { path: { id }, query: { atPosition: String(position) } } }),
      ),
    staleTime: Number.POSITIVE_INFINITY,
  });

/** What was then is read once; what late observations teach is asked for again after a while. */
const then = { staleTime: 60_000, placeholderData: keepPreviousData };

export const treesAtQuery = (asOf: string) =>
  queryOptions({
    queryKey: ["past", "trees", asOf],
    queryFn: () => unwrap(api.GET("/api/v1/trees", { params: { query: { asOf } } })),
    ...then,
  });

export const nodeAtQuery = (id: string, asOf: string) =>
  queryOptions({
    queryKey: ["past", "node", id, asOf],
    queryFn: () => unwrap(api.GET("/api/v1/nodes/{id}", { params: { path: { id }, query: { asOf } } })),
    ...then,
  });

export const explainAsOfQuery = (id: string, asOf: string) =>
  queryOptions({
    queryKey: ["past", "explain", id, asOf],
    queryFn: () => unwrap(api.GET("/api/v1/nodes/{id}/explain", { params: { path: { id }, query: { asOf } } })),
    ...then,
  });

/** What differs between two instants; the second is now where absent. */
export const treeDiffQuery = (from: string, to: string | undefined) =>
  queryOptions({
    queryKey: ["past", "diff", from, to],
    queryFn: () => unwrap(api.GET("/api/v1/trees/diff", { params: { query: { from, ...(to ? { to } : {}) } } })),
    ...then,
  });
