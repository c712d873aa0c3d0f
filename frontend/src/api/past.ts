import { keepPreviousData, queryOptions } from "@tanstack/react-query";
import { hoursBefore } from "../util/time";
import { api, unwrap } from "./client";
import type { AuditEntryPage } from "./model";
import { heartbeatBuckets } from "./queries";

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

/** Whose rules: those of then, or those of now as if they had been in force. */
export type RulesOf = "then" | "now";

export const treesAtQuery = (asOf: string, rules: RulesOf) =>
  queryOptions({
    queryKey: ["past", "trees", asOf, rules],
    queryFn: () => unwrap(api.GET("/api/v1/trees", { params: { query: { asOf, rules } } })),
    ...then,
  });

/** Heartbeats, response times and uptimes up to then. */
export const overviewAtQuery = (asOf: string) =>
  queryOptions({
    queryKey: ["past", "overview", asOf],
    queryFn: () =>
      unwrap(api.GET("/api/v1/overview", { params: { query: { hours: 24, buckets: heartbeatBuckets, asOf } } })),
    ...then,
  });

/** What the node's status did before then, as it was known then. */
export const transitionsAtQuery = (id: string, at: string, hours: number) =>
  queryOptions({
    queryKey: ["past", "transitions", id, at, hours],
    queryFn: () =>
      unwrap(
        api.GET("/api/v1/nodes/{id}/transitions", {
          params: { path: { id }, query: { from: hoursBefore(hours, at), to: at, knownAt: at, limit: 1000 } },
        }),
      ),
    ...then,
  });

/** Publications of a node's rules over some hours before a moment; now where absent. */
export const publicationsQuery = (id: string, at: string | undefined, hours: number) =>
  queryOptions({
    queryKey: ["rules", id, "publications", at, hours],
    queryFn: async () => {
      const query = {
        node: id,
        types: "rules_published",
        from: hoursBefore(hours, at),
        ...(at ? { to: at } : {}),
      };
      // Asked for as JSON, it is never the lines that it could be.
      return ((await unwrap(api.GET("/api/v1/audit", { params: { query } }))) as AuditEntryPage).items;
    },
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

/** The rules that were in force then. */
export const rulesAtQuery = (id: string, asOf: string) =>
  queryOptions({
    queryKey: ["past", "rules", id, asOf],
    queryFn: () => unwrap(api.GET("/api/v1/nodes/{id}/rules", { params: { path: { id }, query: { asOf } } })),
    ...then,
  });

/** What differs between two instants; the second is now where absent. */
export const treeDiffQuery = (from: string, to: string | undefined, rules: RulesOf) =>
  queryOptions({
    queryKey: ["past", "diff", from, to, rules],
    queryFn: () => unwrap(api.GET("/api/v1/trees/diff", { params: { query: { from, rules, ...(to ? { to } : {}) } } })),
    ...then,
  });
