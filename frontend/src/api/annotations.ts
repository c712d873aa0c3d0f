import { keepPreviousData, queryOptions } from "@tanstack/react-query";
import { hoursBefore } from "../util/time";
import { api, command, unwrap } from "./client";
import type { AnnotationRequest } from "./model";

export const annotationsKey = ["annotations"] as const;

/** What happened to a node, or to any above it, over some hours before a moment; now where absent. */
export const annotationsQuery = (id: string, at: string | undefined, hours: number) =>
  queryOptions({
    queryKey: [...annotationsKey, id, at, hours],
    queryFn: () => {
      const query = { from: hoursBefore(hours, at), limit: 1000, ...(at ? { to: at } : {}) };
      return unwrap(api.GET("/api/v1/nodes/{id}/annotations", { params: { path: { id }, query } }));
    },
    placeholderData: keepPreviousData,
  });

export const addAnnotation = (id: string, body: AnnotationRequest) =>
  command(api.POST("/api/v1/nodes/{id}/annotations", { params: { path: { id } }, body }));
export const removeAnnotation = (id: string) =>
  command(api.DELETE("/api/v1/annotations/{id}", { params: { path: { id } } }));
