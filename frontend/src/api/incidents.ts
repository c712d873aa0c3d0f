import { queryOptions } from "@tanstack/react-query";
import { api, unwrap } from "./client";

export const incidentsKey = ["incidents"] as const;

/** A transition somewhere may begin or end one; the list is read again that often. */
const everyMs = 5_000;

export const incidentsQuery = (state: "open" | "ended") =>
  queryOptions({
    queryKey: [...incidentsKey, state],
    queryFn: () => unwrap(api.GET("/api/v1/incidents", { params: { query: { state, limit: 200 } } })),
    refetchInterval: everyMs,
  });

export const incidentQuery = (id: string) =>
  queryOptions({
    queryKey: [...incidentsKey, id],
    queryFn: () => unwrap(api.GET("/api/v1/incidents/{id}", { params: { path: { id } } })),
    refetchInterval: everyMs,
  });
