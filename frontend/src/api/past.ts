import { queryOptions } from "@tanstack/react-query";
import { api, unwrap } from "./client";

/** Every publication of a node's rules. */
export const rulesVersionsQuery = (id: string) =>
  queryOptions({
    queryKey: ["rules", id, "versions"],
    queryFn: () => unwrap(api.GET("/api/v1/nodes/{id}/rules/versions", { params: { path: { id } } })),
  });

/** The why of a past instant; it never changes. */
export const explainAtQuery = (id: string, position: number) =>
  queryOptions({
    queryKey: ["explained", id, position],
    queryFn: () =>
      unwrap(
        api.GET("/api/v1/nodes/{id}/explain", { params: { path: { id }, query: { atPosition: String(position) } } }),
      ),
    staleTime: Number.POSITIVE_INFINITY,
  });
