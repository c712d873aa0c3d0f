import { api, command } from "./client";
import type { Acknowledge, SetManualStatus } from "./model";

const at = (id: string) => ({ path: { id } });

export const acknowledge = (id: string, body: Acknowledge) =>
  command(api.PUT("/api/v1/nodes/{id}/acknowledgement", { params: at(id), body }));
export const unacknowledge = (id: string) =>
  command(api.DELETE("/api/v1/nodes/{id}/acknowledgement", { params: at(id) }));

export const setManualStatus = (id: string, body: SetManualStatus) =>
  command(api.PUT("/api/v1/nodes/{id}/manual-status", { params: at(id), body }));
export const clearManualStatus = (id: string) =>
  command(api.DELETE("/api/v1/nodes/{id}/manual-status", { params: at(id) }));
