import { queryOptions } from "@tanstack/react-query";
import { api, command, unwrap } from "./client";
import type { KeyRequest, PersonChange, PersonRequest, PushKeyRequest } from "./model";

/** People, keys and browsers' sessions. */
export const accessKeys = {
  people: ["people"],
  keys: ["api-keys"],
  pushKeys: ["push-keys"],
  sessions: ["sessions"],
} as const;

export const peopleQuery = () =>
  queryOptions({
    queryKey: accessKeys.people,
    queryFn: async () => (await unwrap(api.GET("/api/v1/people", {}))).items,
  });

export const apiKeysQuery = () =>
  queryOptions({
    queryKey: accessKeys.keys,
    queryFn: async () => (await unwrap(api.GET("/api/v1/keys", {}))).items,
  });

/** All there are: those who come from another system may have hundreds. */
export const pushKeysQuery = () =>
  queryOptions({
    queryKey: accessKeys.pushKeys,
    queryFn: async () => (await unwrap(api.GET("/api/v1/push-keys", { params: { query: { limit: 1000 } } }))).items,
  });

export const sessionsQuery = (all: boolean) =>
  queryOptions({
    queryKey: [...accessKeys.sessions, { all }],
    queryFn: async () => (await unwrap(api.GET("/api/v1/sessions", { params: { query: { all } } }))).items,
  });

const at = (id: string) => ({ path: { id } });

export const signInByName = (name: string, password: string) =>
  unwrap(api.POST("/api/v1/session", { body: { name, password } }));
export const setUp = (token: string, name: string, password: string) =>
  unwrap(api.POST("/api/v1/session/setup", { body: { token, name, password } }));
export const changeOwnPassword = (current: string, password: string) =>
  command(api.PUT("/api/v1/session/password", { body: { current, password } }));

export const addPerson = (body: PersonRequest) => command(api.POST("/api/v1/people", { body }));
export const changePerson = (id: string, body: PersonChange) =>
  command(api.PATCH("/api/v1/people/{id}", { params: at(id), body }));
export const removePerson = (id: string) => command(api.DELETE("/api/v1/people/{id}", { params: at(id) }));
export const setPassword = (id: string, password: string) =>
  command(api.PUT("/api/v1/people/{id}/password", { params: at(id), body: { password } }));

export const addKey = (body: KeyRequest) => command(api.POST("/api/v1/keys", { body }));
export const rotateKey = (id: string) => command(api.POST("/api/v1/keys/{id}/rotate", { params: at(id), body: {} }));
export const revokeKey = (id: string) => command(api.DELETE("/api/v1/keys/{id}", { params: at(id) }));

export const addPushKey = (body: PushKeyRequest) => command(api.POST("/api/v1/push-keys", { body }));
export const removePushKey = (id: string) => command(api.DELETE("/api/v1/push-keys/{id}", { params: at(id) }));

export const revokeSession = (id: string) => unwrap(api.DELETE("/api/v1/sessions/{id}", { params: at(id) }));
