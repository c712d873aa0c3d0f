import { queryOptions } from "@tanstack/react-query";
import { api, command, unwrap } from "./client";
import type { AgentChange, AgentRequest } from "./model";

export const agentsKey = ["agents"];

/** Who runs the probes. What an agent tells of itself comes every few seconds, so it is read as often. */
export const agentsQuery = () =>
  queryOptions({
    queryKey: agentsKey,
    queryFn: async () => (await unwrap(api.GET("/api/v1/agents", { params: { query: { limit: 1000 } } }))).items,
    refetchInterval: 3_000,
  });

export const agentQuery = (id: string) =>
  queryOptions({
    queryKey: [...agentsKey, id],
    queryFn: () => unwrap(api.GET("/api/v1/agents/{id}", { params: { path: { id } } })),
    refetchInterval: 3_000,
  });

export const agentChecksQuery = (id: string) =>
  queryOptions({
    queryKey: [...agentsKey, id, "checks"],
    queryFn: () => unwrap(api.GET("/api/v1/agents/{id}/checks", { params: { path: { id }, query: { limit: 100 } } })),
    refetchInterval: 10_000,
  });

const at = (id: string) => ({ path: { id } });

export const registerAgent = (body: AgentRequest) => command(api.POST("/api/v1/agents", { body }));
export const changeAgent = (id: string, body: AgentChange) =>
  command(api.PATCH("/api/v1/agents/{id}", { params: at(id), body }));
export const removeAgent = (id: string) => command(api.DELETE("/api/v1/agents/{id}", { params: at(id) }));
export const rotateAgentKey = (id: string) => command(api.POST("/api/v1/agents/{id}/key", { params: at(id) }));
