import { keepPreviousData, queryOptions } from "@tanstack/react-query";
import { api, command, unwrap } from "./client";
import type { AnnotationRequest } from "./model";

export const annotationsKey = ["annotations"] as const;

const shift = (at: number, hours: number) => new Date(at - hours * 3_600_000).toISOString();

/** What happened to a node, or to any above it, over some hours before a moment; now where absent. */
export const annotationsQuery = (id: string, at: string | undefined, hours: number) =>
  queryOptions({
    queryKey: [...annotationsKey, id, at, hours],
    queryFn: () => {
      const from = shift(at ? Date.parse(at) : Date.now(), hours);
      const query = { from, limit: 1000, ...(at ? { to: at } : {}) };
      return unwrap(api.GET("/api/v1/nodes/{id}/annotations", { params: { path: { id }, query } }));
    },
    placeholderData: keepPreviousData,
  });

export const addAnnotation = (id: string, body: AnnotationRequest) =>
  command(api.POST("/api/v1/nodes/{id}/annotations", { params: { path: { id } }, body }));
export const removeAnnotation = (id: string) =>
  command(api.DELETE("/api/v1/annotations/{id}", { params: { path: { id } } }));
