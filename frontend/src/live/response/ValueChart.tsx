import { t } from "@texts/live";
import type { SeriesBucket } from "../../api/model";
import { Chart, type ChartMark } from "../../ui/Chart";
import { bandPath, linePath } from "../../ui/scale";
import { value } from "../../util/number";
import { BucketTip, Failures, hasData, isLost } from "./buckets";
import type { LegendItem } from "./legend";

export const valueLegend: LegendItem[] = [
  { word: t.mean2, colour: "var(--series-5)", line: 2 },
  { word: t.leastToMost, colour: "var(--series-1)" },
];

/** What was reported. */
export function ValueChart({ buckets, marks }: { buckets: readonly SeriesBucket[]; marks: readonly ChartMark[] }) {
  const mean = buckets.map((b) => b.mean);
  const low = buckets.map((b) => b.min);
  const high = buckets.map((b) => b.max);
  const last = mean.findLast((v) => v != null);
  return (
    <Chart
      times={buckets.map((b) => b.at)}
      max={Math.max(1e-9, ...high.map((v) => v ?? 0))}
      known={buckets.map(hasData)}
      marks={marks}
      lost={buckets.map(isLost)}
      format={(v) => value(Number(v.toPrecision(3)))}
      label={t.valuesPerBucketLastMeanTheTable(value(last ?? null))}
      tip={(i) => <BucketTip bucket={buckets[i]} plain />}
    >
      {(scale) => (
        <>
          <path d={bandPath(low, high, scale)} fill="var(--series-1)" opacity={0.4} />
          <path className="ln" d={linePath(mean, scale)} stroke="var(--series-5)" strokeWidth={1.75} />
          <Failures buckets={buckets} scale={scale} />
        </>
      )}
    </Chart>
  );
}
