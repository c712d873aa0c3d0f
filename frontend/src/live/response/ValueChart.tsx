import { t } from "@texts/live";
import type { SeriesBucket } from "../../api/model";
import { Chart, type ChartMark } from "../../ui/Chart";
import { bandPath, linePath } from "../../ui/scale";
import { BucketTip, Failures, hasData, isLost } from "./buckets";
import type { LegendItem } from "./legend";
import type { Levels } from "./levels";
import type { Look } from "./quantity";

export const valueLegend: LegendItem[] = [
  { word: t.mean2, colour: "var(--series-5)", line: 2 },
  { word: t.leastToMost, colour: "var(--series-1)" },
];

interface Props {
  buckets: readonly SeriesBucket[];
  marks: readonly ChartMark[];
  look: Look;
  levels: Levels;
}

/** What was reported, or measured. */
export function ValueChart({ buckets, marks, look, levels: { drawn, words } }: Props) {
  const mean = buckets.map((b) => b.mean);
  const low = buckets.map((b) => b.min);
  const high = buckets.map((b) => b.max);
  const last = mean.findLast((v) => v != null);
  const shown = [...low, ...high, ...drawn.map(({ value }) => value)].map((v) => v ?? 0);
  const [min, max] = [Math.min(0, ...shown), Math.max(0, ...shown)];
  return (
    <Chart
      times={buckets.map((b) => b.at)}
      min={min}
      // Where all is nothing, the axis goes to one.
      max={max || (min < 0 ? 0 : 1)}
      known={buckets.map(hasData)}
      marks={marks}
      levels={drawn}
      lost={buckets.map(isLost)}
      format={look.tick}
      label={`${t.perBucketLastMean(look.title, look.show(last))} ${words}`.trim()}
      tip={(i) => <BucketTip bucket={buckets[i]} show={look.show} />}
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
