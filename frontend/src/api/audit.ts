import { infiniteQueryOptions, keepPreviousData, queryOptions } from "@tanstack/react-query";
import { api, unwrap } from "./client";
import type { AuditEntryPage } from "./model";

/** Which changes are asked for, as the address has it. */
export interface AuditFilter {
  node?: string;
  person?: string;
  types?: string;
  from?: string;
  to?: string;
}

export const auditKey = ["audit"];
const page = 100;

/** Changes, newest first, page by page. */
export const auditQuery = (filter: AuditFilter) =>
  infiniteQueryOptions({
    queryKey: [...auditKey, "changes", filter],
    queryFn: async ({ pageParam }) => {
      const query = { ...filter, limit: page, ...(pageParam ? { before: Number(pageParam) } : {}) };
      // Asked for as JSON, it is never the lines that it could be.
      return (await unwrap(api.GET("/api/v1/audit", { params: { query } }))) as AuditEntryPage;
    },
    initialPageParam: "",
    getNextPageParam: (last) => last.next ?? undefined,
    placeholderData: keepPreviousData,
  });

/** Most transitions that are shown between the changes of a node. */
export const mostTransitions = 1000;

/** What the statuses of a node did over the same time. */
export const auditTransitionsQuery = (id: string, from: string, to: string | undefined) =>
  queryOptions({
    queryKey: [...auditKey, "transitions", id, from, to],
    queryFn: () =>
      unwrap(
        api.GET("/api/v1/nodes/{id}/transitions", {
          params: { path: { id }, query: { from, limit: mostTransitions, ...(to ? { to } : {}) } },
        }),
      ),
    placeholderData: keepPreviousData,
  });

/** One event of the log, with what brought it about and what it brought about. */
export const auditEntryQuery = (position: number) =>
  queryOptions({
    queryKey: [...auditKey, "entry", position],
    queryFn: () => unwrap(api.GET("/api/v1/audit/{position}", { params: { path: { position } } })),
  });

/** Every change that matches, as CloudEvents, a line each. */
export async function auditLines(filter: AuditFilter): Promise<Blob> {
  return unwrap(
    api.GET("/api/v1/audit", {
      params: { query: filter },
      headers: { Accept: "application/x-ndjson" },
      parseAs: "blob",
    }),
  ) as Promise<unknown> as Promise<Blob>;
}
