import { t } from "@texts/live";
import type { SeriesBucket } from "../../api/model";
import { Chart, type ChartMark } from "../../ui/Chart";
import { bandPath, linePath } from "../../ui/scale";
import { latency } from "../../util/number";
import { BucketTip, Failures, hasData, isLost, latencyTick } from "./buckets";
import type { LegendItem } from "./legend";
import type { Levels } from "./levels";

export const lineLegend: LegendItem[] = [
  { word: "p50", colour: "var(--series-5)", line: 2 },
  { word: "p95", colour: "var(--series-4)", line: 2 },
  { word: "p99", colour: "var(--series-3)", line: 1 },
];

interface Props {
  buckets: readonly SeriesBucket[];
  marks: readonly ChartMark[];
  levels: Levels;
}

/** How long answers took: the median, and how much longer the slow ones. */
export function PercentileChart({ buckets, marks, levels: { drawn, words } }: Props) {
  const p50 = buckets.map((b) => b.p50 ?? b.mean);
  const p95 = buckets.map((b) => b.p95 ?? b.max);
  const p99 = buckets.map((b) => b.p99 ?? b.max);
  const last = buckets.findLast((b) => Number(b.count) > 0);
  return (
    <Chart
      times={buckets.map((b) => b.at)}
      max={Math.max(10, ...p99.map((v) => v ?? 0), ...drawn.map(({ value }) => value))}
      known={buckets.map(hasData)}
      marks={marks}
      levels={drawn}
      lost={buckets.map(isLost)}
      format={latencyTick}
      label={`${t.responseP50P95P99TheTableViewHas(last ? t.lastP95(latency(last.p95)) : t.noData3)} ${words}`.trim()}
      tip={(i) => <BucketTip bucket={buckets[i]} />}
    >
      {(scale) => (
        <>
          <path d={bandPath(p95, p99, scale)} fill="var(--series-1)" opacity={0.32} />
          <path d={bandPath(p50, p95, scale)} fill="var(--series-2)" opacity={0.34} />
          <path className="ln" d={linePath(p99, scale)} stroke="var(--series-3)" strokeWidth={1} />
          <path className="ln" d={linePath(p95, scale)} stroke="var(--series-4)" strokeWidth={1.5} />
          <path className="ln" d={linePath(p50, scale)} stroke="var(--series-5)" strokeWidth={1.75} />
          <Failures buckets={buckets} scale={scale} />
        </>
      )}
    </Chart>
  );
}
