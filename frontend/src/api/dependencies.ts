import { queryOptions } from "@tanstack/react-query";
import { api, command, unwrap } from "./client";

export const dependenciesKey = (id: string) => ["dependencies", id] as const;

export const dependenciesQuery = (id: string) =>
  queryOptions({
    queryKey: dependenciesKey(id),
    queryFn: () => unwrap(api.GET("/api/v1/nodes/{id}/dependencies", { params: { path: { id } } })),
  });

export const addDependency = (id: string, dependsOnId: string) =>
  command(api.PUT("/api/v1/nodes/{id}/dependencies/{dependsOnId}", { params: { path: { id, dependsOnId } } }));
export const removeDependency = (id: string, dependsOnId: string) =>
  command(api.DELETE("/api/v1/nodes/{id}/dependencies/{dependsOnId}", { params: { path: { id, dependsOnId } } }));
