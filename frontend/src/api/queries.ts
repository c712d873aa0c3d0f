import { keepPreviousData, queryOptions } from "@tanstack/react-query";
import { hoursBefore } from "../util/time";
import { api, unwrap } from "./client";
import { everyPage, largest, perThousand } from "./pages";
import { structuralSharing } from "./sharing";

/** Buckets of the overview's heartbeat: 24 h in 20 minutes each. */
export const heartbeatBuckets = 72;

/** Every key starts with the word that the stream invalidates by. */
export const keys = {
  trees: ["trees"],
  overview: ["overview"],
  node: (id: string) => ["node", id],
  explain: (id: string) => ["explain", id],
  transitions: (id: string) => ["transitions", id],
  rules: (id: string) => ["rules", id],
  checks: ["checks"],
  check: (id: string) => ["check", id],
  observations: (id: string) => ["observations", id],
  newest: (nodeId?: string) => (nodeId ? ["newest", nodeId] : ["newest"]),
  series: (id: string, hours: number) => ["series", id, hours],
  statuses: ["statuses"],
  system: ["system"],
  projections: ["projections"],
  session: ["session"],
} as const;

export const sessionQuery = () =>
  queryOptions({
    queryKey: keys.session,
    queryFn: () => unwrap(api.GET("/api/v1/session", {})),
    staleTime: Number.POSITIVE_INFINITY,
  });

export const treesQuery = () =>
  queryOptions({
    queryKey: keys.trees,
    queryFn: () => unwrap(api.GET("/api/v1/trees", {})),
    structuralSharing,
  });

/** Megabytes of histories are not read each minute: what lives changes their beats meanwhile. */
const perHistoryMs = 30;

export const overviewQuery = () =>
  queryOptions({
    queryKey: keys.overview,
    queryFn: () =>
      unwrap(
        api.GET("/api/v1/overview", {
          params: { query: { hours: 24, buckets: heartbeatBuckets } },
        }),
      ),
    refetchInterval: ({ state }) => Math.max(60_000, (state.data?.nodes.length ?? 0) * perHistoryMs),
    // To compare as many beats as there are costs more than to draw the rows in sight again.
    structuralSharing: false,
  });

export const nodeAt = (id: string) => unwrap(api.GET("/api/v1/nodes/{id}", { params: { path: { id } } }));

export const nodeQuery = (id: string) => queryOptions({ queryKey: keys.node(id), queryFn: () => nodeAt(id) });

export const explainQuery = (id: string) =>
  queryOptions({
    queryKey: keys.explain(id),
    queryFn: () => unwrap(api.GET("/api/v1/nodes/{id}/explain", { params: { path: { id } } })),
  });

/** How long it was in which status, over 30 days in buckets of six hours. */
export const nodeSeriesQuery = (id: string) =>
  queryOptions({
    queryKey: ["transitions", id, "series"],
    queryFn: () =>
      unwrap(
        api.GET("/api/v1/nodes/{id}/series", {
          params: { path: { id }, query: { from: hoursBefore(24 * 30), buckets: 120 } },
        }),
      ),
    refetchInterval: 60_000,
  });

/** The graph from the roots to the root causes, as Torch showed it at an instant; now where absent. */
export const causesQuery = (id: string, most: number, asOf?: string) =>
  queryOptions({
    queryKey: asOf ? ["past", "causes", id, most, asOf] : ["explain", id, "causes", most],
    queryFn: () => {
      const query = { most, ...(asOf ? { asOf } : {}) };
      return unwrap(api.GET("/api/v1/nodes/{id}/causes", { params: { path: { id }, query } }));
    },
    placeholderData: keepPreviousData,
  });

export const transitionsQuery = (id: string, hours = 24) =>
  queryOptions({
    queryKey: keys.transitions(id),
    queryFn: () =>
      unwrap(
        api.GET("/api/v1/nodes/{id}/transitions", {
          params: {
            path: { id },
            query: { from: hoursBefore(hours), limit: 1000 },
          },
        }),
      ),
  });

export const rulesQuery = (id: string) =>
  queryOptions({
    queryKey: keys.rules(id),
    queryFn: () => unwrap(api.GET("/api/v1/nodes/{id}/rules", { params: { path: { id } } })),
  });

/** Every check there is, by name. */
export const checksQuery = () =>
  queryOptions({
    queryKey: keys.checks,
    queryFn: ({ signal }) =>
      everyPage((from) =>
        unwrap(api.GET("/api/v1/checks", { params: { query: { limit: largest, ...from } }, signal })),
      ),
    refetchInterval: perThousand(10_000),
    structuralSharing,
  });

export const checkQuery = (id: string) =>
  queryOptions({
    queryKey: keys.check(id),
    queryFn: () => unwrap(api.GET("/api/v1/checks/{id}", { params: { path: { id } } })),
  });

export const observationsQuery = (id: string, limit = 20) =>
  queryOptions({
    queryKey: keys.observations(id),
    queryFn: () =>
      unwrap(
        api.GET("/api/v1/checks/{id}/observations", {
          params: { path: { id }, query: { limit } },
        }),
      ),
  });

/** So many are shown of a group. */
export const newestMost = 12;

/** The newest observations of the checks below a node. */
export const newestQuery = (id: string) =>
  queryOptions({
    queryKey: keys.newest(id),
    queryFn: () =>
      unwrap(api.GET("/api/v1/nodes/{id}/observations", { params: { path: { id }, query: { limit: newestMost } } })),
    refetchInterval: 30_000,
  });

const seriesBuckets = 96;

/** Up to now, or up to another time, which is read once; of a metric where one is named. */
export const seriesQuery = (id: string, hours: number, at?: string, metric?: string) =>
  queryOptions({
    queryKey: [...keys.series(id, hours), at, metric],
    queryFn: () =>
      unwrap(
        api.GET("/api/v1/checks/{id}/series", {
          params: {
            path: { id },
            query: {
              from: hoursBefore(hours, at),
              to: at ?? new Date().toISOString(),
              buckets: seriesBuckets,
              ...(metric === undefined ? {} : { metric }),
            },
          },
        }),
      ),
    // A metric is summed up from the observations each time.
    refetchInterval: at ? false : metric !== undefined && hours > 24 ? 300_000 : 30_000,
  });

export const systemQuery = () =>
  queryOptions({
    queryKey: keys.system,
    queryFn: () => unwrap(api.GET("/api/v1/system", {})),
    refetchInterval: 5_000,
  });

export const projectionsQuery = () =>
  queryOptions({
    queryKey: keys.projections,
    queryFn: async () => (await unwrap(api.GET("/api/v1/projections", {}))).items,
    // A rebuild is watched as it goes.
    refetchInterval: (query) => (query.state.data?.some((p) => p.rebuild) ? 1_000 : 5_000),
  });

export const statusesQuery = () =>
  queryOptions({
    queryKey: keys.statuses,
    queryFn: () => unwrap(api.GET("/api/v1/statuses", {})),
    staleTime: 300_000,
  });
