import type { SystemMetrics } from "../../api/model";

/** Figures as they are drawn; with when they begin, where that is later than what was asked for. */
export type Shown = SystemMetrics & { begun?: string };

/** Fewer buckets than this make no line. */
const fewest = 4;

/** The figures from the first to the last that can be: what was before Torch is no gap, nor what is to come. A gap between stays. */
export function sinceMeasured(metrics: SystemMetrics): Shown {
  const measured = (i: number) => metrics.figures.some(({ mean }) => mean[i] != null);
  const first = metrics.at.findIndex((_, i) => measured(i));
  if (first < 0) return metrics;
  // What is measured of the bucket that lasts comes at its end.
  const lasts = measured(metrics.at.length - 1) ? 0 : 1;
  const end = metrics.at.length - lasts;
  const begin = Math.max(0, Math.min(first, end - fewest));
  const part = <T>(list: readonly T[]) => list.slice(begin, end);
  return {
    ...metrics,
    ...(begin > 0 ? { begun: metrics.at[first] ?? metrics.from } : {}),
    at: part(metrics.at),
    figures: metrics.figures.map((figure) => ({ ...figure, mean: part(figure.mean), largest: part(figure.largest) })),
  };
}
