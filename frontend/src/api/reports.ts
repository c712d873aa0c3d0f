import { type InfiniteData, infiniteQueryOptions, queryOptions } from "@tanstack/react-query";
import { api, unwrap } from "./client";
import type { LatestReport, ObservationView } from "./model";
import { everyPage, largest, perPage, perThousand } from "./pages";
import { shared, structuralSharing } from "./sharing";

const everyMs = 5_000;
export const unplacedKey = ["reports", "unplaced"] as const;

/** The latest report of one source. */
export const reportsOf = (source: string) => unwrap(api.GET("/api/v1/reports", { params: { query: { source } } }));

/** Sources that no node shows yet, by name, page by page: the navigation counts those that were read. */
export const unplacedQuery = () =>
  infiniteQueryOptions({
    queryKey: unplacedKey,
    queryFn: ({ pageParam }) =>
      unwrap(
        api.GET("/api/v1/reports", {
          params: { query: { unplaced: true, limit: largest, ...(pageParam ? { after: pageParam } : {}) } },
        }),
      ),
    initialPageParam: "",
    getNextPageParam: (last) => last.next ?? undefined,
    refetchInterval: perPage(everyMs),
    structuralSharing,
  });

/** Every source that has reported, placed or not. */
export const reportsQuery = () =>
  queryOptions({
    queryKey: ["reports", "all"],
    queryFn: ({ signal }) =>
      everyPage((from) =>
        unwrap(api.GET("/api/v1/reports", { params: { query: { limit: largest, ...from } }, signal })),
      ),
    refetchInterval: perThousand(everyMs),
  });

/** What was read of the sources, page by page. */
export type Reports = InfiniteData<{ items: LatestReport[] }>;

const withPages = <R extends Reports>(read: R, change: (items: LatestReport[]) => LatestReport[]): R => ({
  ...read,
  pages: read.pages.map((page) => ({ ...page, items: change(page.items) })),
});

/** Without a source. */
export const withoutSource = <R extends Reports>(read: R, source: string): R =>
  withPages(read, (items) => items.filter((report) => report.source !== source));

/** With what their checks observed since; where none of them is meant, the same. */
export function withNews<R extends Reports>(read: R, news: ReadonlyMap<string, ObservationView>): R {
  const renew = (report: LatestReport): LatestReport => {
    const seen = news.get(report.checkId);
    if (!seen || Date.parse(seen.at) < Date.parse(report.at)) return report;
    return { ...report, value: seen.value, status: seen.outcome, message: seen.message, at: seen.at };
  };
  const isMeant = ({ items }: { items: LatestReport[] }) => items.some(({ checkId }) => news.has(checkId));
  return read.pages.some(isMeant) ? shared(withPages(read, (items) => items.map(renew))) : read;
}
