import { infiniteQueryOptions, keepPreviousData, queryOptions } from "@tanstack/react-query";
import { api, command, unwrap } from "./client";
import type { ChannelRequest, NoticeRuleRequest } from "./model";
import { perPage } from "./pages";

export const channelsKey = ["channels"] as const;
export const noticeRulesKey = ["notice-rules"] as const;
export const noticesKey = ["notices"] as const;
const at = (id: string) => ({ path: { id } });
const many = { query: { limit: 1000 } };

export const channelsQuery = () =>
  queryOptions({
    queryKey: channelsKey,
    queryFn: () => unwrap(api.GET("/api/v1/channels", { params: many })),
  });
export const createChannel = (body: ChannelRequest) => command(api.POST("/api/v1/channels", { body }));
export const changeChannel = (id: string, body: ChannelRequest) =>
  command(api.PUT("/api/v1/channels/{id}", { params: at(id), body }));
export const deleteChannel = (id: string) => command(api.DELETE("/api/v1/channels/{id}", { params: at(id) }));
export const testChannel = (id: string) => unwrap(api.POST("/api/v1/channels/{id}/test", { params: at(id) }));
export const rotateSecret = (id: string) => unwrap(api.POST("/api/v1/channels/{id}/secret", { params: at(id) }));

export const noticeRulesQuery = () =>
  queryOptions({
    queryKey: noticeRulesKey,
    queryFn: () => unwrap(api.GET("/api/v1/notices/rules", { params: many })),
  });
export const createNoticeRule = (body: NoticeRuleRequest) => command(api.POST("/api/v1/notices/rules", { body }));
export const changeNoticeRule = (id: string, body: NoticeRuleRequest) =>
  command(api.PUT("/api/v1/notices/rules/{id}", { params: at(id), body }));
export const deleteNoticeRule = (id: string) => command(api.DELETE("/api/v1/notices/rules/{id}", { params: at(id) }));

/** Which messages are asked for, as the address has it: to which channel, and what became of them there. */
export interface NoticeFilter {
  channel?: string;
  state?: string;
}

const page = 100;

/** What was told, newest first, page by page. */
export const noticesQuery = (filter: NoticeFilter) =>
  infiniteQueryOptions({
    queryKey: [...noticesKey, filter],
    queryFn: ({ pageParam }) => {
      const query = { ...filter, limit: page, ...(pageParam ? { before: pageParam } : {}) };
      return unwrap(api.GET("/api/v1/notices", { params: { query } }));
    },
    initialPageParam: "",
    getNextPageParam: (last) => last.next ?? undefined,
    placeholderData: keepPreviousData,
    refetchInterval: perPage(3_000),
  });
export const replayNotice = (id: string, channelId: string) =>
  command(api.POST("/api/v1/notices/{id}/channels/{channelId}/replay", { params: { path: { id, channelId } } }));
