import { api, command } from "./client";
import type { DefineStatus, StatusSettings } from "./model";

export const defineStatus = (body: DefineStatus) => command(api.POST("/api/v1/statuses", { body }));
export const changeStatus = (name: string, body: StatusSettings) =>
  command(api.PUT("/api/v1/statuses/{name}", { params: { path: { name } }, body }));
export const deleteStatus = (name: string) =>
  command(api.DELETE("/api/v1/statuses/{name}", { params: { path: { name } } }));
