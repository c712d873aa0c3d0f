import { infiniteQueryOptions, keepPreviousData } from "@tanstack/react-query";
import { hoursBefore } from "../util/time";
import { api, unwrap } from "./client";

export interface RankingAsked {
  /** How far back, in hours; or as of another time, up to then. */
  hours: number;
  to?: string | undefined;
  kind: string;
  order: string;
  root?: string | undefined;
}

const page = 200;

/** Nodes by how available they were, page by page. */
export const rankingQuery = ({ hours, to, kind, order, root }: RankingAsked) =>
  infiniteQueryOptions({
    queryKey: ["availability", hours, to, kind, order, root],
    queryFn: ({ pageParam }) => {
      const end = to ?? new Date().toISOString();
      const from = hoursBefore(hours, end);
      return unwrap(
        api.GET("/api/v1/availability", {
          params: {
            query: {
              from,
              to: end,
              kind,
              order,
              limit: page,
              ...(root ? { root } : {}),
              ...(pageParam ? { after: pageParam } : {}),
            },
          },
        }),
      );
    },
    initialPageParam: "",
    getNextPageParam: (last) => last.next ?? undefined,
    placeholderData: keepPreviousData,
    refetchInterval: to ? false : 60_000,
  });
