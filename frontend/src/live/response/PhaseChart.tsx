import { t } from "@texts/live";
import type { Latency, SeriesBucket } from "../../api/model";
import { Chart, type ChartMark } from "../../ui/Chart";
import { bandPath } from "../../ui/scale";
import { latency } from "../../util/number";
import { clock } from "../../util/time";
import { isLost, latencyTick } from "./buckets";
import type { LegendItem } from "./legend";

const phases = [
  { key: "resolve", word: t.resolve, colour: "var(--series-1)" },
  { key: "connect", word: t.connect, colour: "var(--series-2)" },
  { key: "tls", word: "TLS", colour: "var(--series-3)" },
  { key: "firstByte", word: t.processing, colour: "var(--series-4)" },
  { key: "transfer", word: t.transfer, colour: "var(--series-5)" },
] as const satisfies readonly { key: keyof Latency; word: string; colour: string }[];
export const phaseLegend: LegendItem[] = phases.map(({ word, colour }) => ({ word, colour }));

/** Where the time went. */
export function PhaseChart({ buckets, marks }: { buckets: readonly SeriesBucket[]; marks: readonly ChartMark[] }) {
  const stacks = buckets.map((bucket) => stackOf(bucket.phases));
  const level = (phase: number) => stacks.map((stack) => (stack ? (stack[phase] ?? 0) : null));
  const top = Math.max(10, ...stacks.map((stack) => stack?.at(-1) ?? 0));
  return (
    <Chart
      times={buckets.map((b) => b.at)}
      max={top}
      known={stacks.map((stack) => (stack ? 1 : null))}
      marks={marks}
      lost={buckets.map(isLost)}
      format={latencyTick}
      label={t.meanResponseByPhaseTheTableView(phaseSummary(buckets))}
      tip={(i) => <PhaseTip bucket={buckets[i]} />}
    >
      {(scale) =>
        phases.map(({ key, colour }, i) => (
          <path
            key={key}
            d={bandPath(i === 0 ? stacks.map((s) => (s ? 0 : null)) : level(i - 1), level(i), scale)}
            fill={colour}
            stroke="var(--canvas)"
            strokeWidth={0.75}
            vectorEffect="non-scaling-stroke"
          />
        ))
      }
    </Chart>
  );
}

/** Running sums of the phases; null where the bucket has none. */
export function stackOf(latencies: Latency | null | undefined): number[] | null {
  if (!latencies) return null;
  let sum = 0;
  return phases.map(({ key }) => {
    sum += Number(latencies[key] ?? 0);
    return sum;
  });
}

function phaseSummary(buckets: readonly SeriesBucket[]): string {
  const last = buckets.findLast((bucket) => bucket.phases)?.phases;
  if (!last) return t.noData2;
  return phases.map(({ key, word }) => `${word} ${latency(last[key])}`).join(", ");
}

function PhaseTip({ bucket }: { bucket: SeriesBucket | undefined }) {
  if (!bucket?.phases) return <>{t.noData2}</>;
  const { phases: seen } = bucket;
  return (
    <>
      <b>{clock(bucket.at)}</b> {t.total(latency(seen.total))}
      {phases.map(({ key, word }) => (
        <div key={key}>
          {word} {latency(seen[key])}
        </div>
      ))}
    </>
  );
}
