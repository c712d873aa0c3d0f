import { queryOptions } from "@tanstack/react-query";
import { api, command, unwrap } from "./client";
import type { StatusPageRequest } from "./model";

export const statusPagesKey = ["status-pages"] as const;
const at = (id: string) => ({ path: { id } });

export const statusPagesQuery = () =>
  queryOptions({
    queryKey: statusPagesKey,
    queryFn: () => unwrap(api.GET("/api/v1/status-pages", { params: { query: { limit: 1000 } } })),
  });
export const createStatusPage = (body: StatusPageRequest) => command(api.POST("/api/v1/status-pages", { body }));
export const changeStatusPage = (id: string, body: StatusPageRequest) =>
  command(api.PUT("/api/v1/status-pages/{id}", { params: at(id), body }));
export const deleteStatusPage = (id: string) => command(api.DELETE("/api/v1/status-pages/{id}", { params: at(id) }));
