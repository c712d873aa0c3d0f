import { keepPreviousData, queryOptions } from "@tanstack/react-query";
import { api, command, unwrap } from "./client";
import type { ExclusionRequest, ObjectiveReport, ObjectiveRequest } from "./model";

export const slosKey = ["slos"];
const at = (id: string) => ({ path: { id } });
const again = 30_000;

export const slosQuery = () =>
  queryOptions({
    queryKey: slosKey,
    queryFn: async () => (await unwrap(api.GET("/api/v1/slos", { params: { query: { limit: 1000 } } }))).items,
  });

export const sloQuery = (id: string) =>
  queryOptions({
    queryKey: [...slosKey, id],
    queryFn: () => unwrap(api.GET("/api/v1/slos/{id}", { params: at(id) })),
  });

/** What is read of a past moment stays as it is, until somebody changes the objective. */
const timely = (asOf: string | undefined) => ({
  refetchInterval: asOf ? (false as const) : again,
  placeholderData: keepPreviousData,
});

/** Asked for as JSON, a report is never the text that CSV is. */
const report = async (id: string, query: { asOf?: string; subtree?: boolean }) =>
  (await unwrap(api.GET("/api/v1/slos/{id}/report", { params: { ...at(id), query } }))) as ObjectiveReport;

/** Reports of all objectives, or of a node's, in one answer; without their outages. */
export const sloReportsQuery = (asOf?: string, node?: string) =>
  queryOptions({
    queryKey: [...slosKey, "reports", asOf, node],
    queryFn: async () => {
      const query = { limit: 1000, ...(asOf ? { asOf } : {}), ...(node ? { node } : {}) };
      const page = await unwrap(api.GET("/api/v1/slos/reports", { params: { query } }));
      return new Map(page.items.map((report) => [report.objective.id, report]));
    },
    ...timely(asOf),
  });

export const sloReportQuery = (id: string, asOf?: string) =>
  queryOptions({
    queryKey: [...slosKey, id, "report", asOf],
    queryFn: () => report(id, asOf ? { asOf } : {}),
    ...timely(asOf),
  });

export const sloSubtreeQuery = (id: string, asOf?: string) =>
  queryOptions({
    queryKey: [...slosKey, id, "subtree", asOf],
    queryFn: () => report(id, { subtree: true, ...(asOf ? { asOf } : {}) }),
    ...timely(asOf),
  });

export const sloBudgetQuery = (id: string, asOf?: string) =>
  queryOptions({
    queryKey: [...slosKey, id, "budget", asOf],
    queryFn: () =>
      unwrap(
        api.GET("/api/v1/slos/{id}/budget", {
          params: { ...at(id), query: { points: 91, ...(asOf ? { asOf } : {}) } },
        }),
      ),
    ...timely(asOf),
  });

export const createSlo = (body: ObjectiveRequest) => command(api.POST("/api/v1/slos", { body }));
export const changeSlo = (id: string, version: number, body: ObjectiveRequest) =>
  command(api.PUT("/api/v1/slos/{id}", { params: { ...at(id), header: { "If-Match": `"${version}"` } }, body }));
export const deleteSlo = (id: string) => command(api.DELETE("/api/v1/slos/{id}", { params: at(id) }));
export const excludeTime = (id: string, body: ExclusionRequest) =>
  command(api.POST("/api/v1/slos/{id}/exclusions", { params: at(id), body }));
export const includeTime = (id: string, exclusionId: string) =>
  command(api.DELETE("/api/v1/slos/{id}/exclusions/{exclusionId}", { params: { path: { id, exclusionId } } }));

/** A report to keep: at its moment and its position it is the same for ever. */
export function reportFile(id: string, format: "csv" | "json", stamp: { asOf: string; position: number }) {
  const query = new URLSearchParams({
    asOf: stamp.asOf,
    atPosition: String(stamp.position),
    subtree: "true",
    format,
  });
  return `/api/v1/slos/${id}/report?${query}`;
}
