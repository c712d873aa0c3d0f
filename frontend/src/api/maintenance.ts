import { keepPreviousData, queryOptions } from "@tanstack/react-query";
import { api, command, unwrap } from "./client";
import type { MaintenanceRequest } from "./model";

export const maintenanceKey = ["maintenance"] as const;
const at = (id: string) => ({ path: { id } });

export const maintenanceQuery = () =>
  queryOptions({
    queryKey: maintenanceKey,
    queryFn: () => unwrap(api.GET("/api/v1/maintenance", { params: { query: { limit: 1000 } } })),
    refetchInterval: 30_000,
  });

export const maintenanceCalendarQuery = (from: string, to: string) =>
  queryOptions({
    queryKey: [...maintenanceKey, "calendar", from, to],
    queryFn: () => unwrap(api.GET("/api/v1/maintenance/calendar", { params: { query: { from, to } } })),
    placeholderData: keepPreviousData,
  });

export const windowQuery = (id: string) =>
  queryOptions({
    queryKey: [...maintenanceKey, id],
    queryFn: () => unwrap(api.GET("/api/v1/maintenance/{id}", { params: at(id) })),
  });

export const createWindow = (body: MaintenanceRequest) => command(api.POST("/api/v1/maintenance", { body }));
export const changeWindow = (id: string, body: MaintenanceRequest) =>
  command(api.PUT("/api/v1/maintenance/{id}", { params: at(id), body }));
export const deleteWindow = (id: string) => command(api.DELETE("/api/v1/maintenance/{id}", { params: at(id) }));
export const endWindow = (id: string) => command(api.POST("/api/v1/maintenance/{id}/end", { params: at(id) }));
