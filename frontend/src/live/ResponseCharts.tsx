import { useQuery } from "@tanstack/react-query";
import { type ReactNode, useState } from "react";
import type { Latency, Series, SeriesBucket } from "../api/model";
import { explainError } from "../api/problem";
import { seriesQuery } from "../api/queries";
import { Button } from "../ui/Button";
import { Chart } from "../ui/Chart";
import { Notice } from "../ui/Notice";
import { Section, TableSwitch } from "../ui/Section";
import { Select } from "../ui/Select";
import { bandPath, linePath, type Scale } from "../ui/scale";
import { latency, none, value } from "../util/number";
import { clock, exactAge, parseDuration } from "../util/time";

const ranges = [
  { value: "1", label: "1 h" },
  { value: "6", label: "6 h" },
  { value: "24", label: "24 h" },
  { value: "168", label: "7 d" },
  { value: "720", label: "30 d" },
] as const;

interface Props {
  checkId: string;
  /** A probe has latency with phases; a report has values. */
  probe: boolean;
  note?: ReactNode;
}

/** The check's history: percentiles beside the phases for a probe, the values for a report. */
export function ResponseCharts({ checkId, probe, note }: Props) {
  const [chosen, setHours] = useState<Range>();
  const day = useQuery({ ...seriesQuery(checkId, 24), enabled: chosen === undefined });
  const hours = chosen ?? rangeOf(day.data);
  const [table, setTable] = useState(false);
  const series = useQuery({
    ...seriesQuery(checkId, Number(hours)),
    placeholderData: (known: Series | undefined) => known,
  });
  const end = (
    <>
      <Select className="sm" label="Range" value={hours} options={ranges} onChange={setHours} />
      <TableSwitch table={table} onChange={setTable} />
    </>
  );
  if (series.isError && !series.data)
    return (
      <Notice
        title="The chart could not be read."
        action={
          <Button small onClick={() => series.refetch()}>
            Again
          </Button>
        }
      >
        {explainError(series.error)}
      </Notice>
    );
  const data = series.data;
  const bucket = data ? `${exactAge(parseDuration(data.bucket) ?? 0).replace(/ 0 (s|min|h)$/, "")} buckets` : "";
  const words = (
    <span className="row">
      {typeof note === "string" ? `${note};` : note} {bucket}
    </span>
  );
  if (!data) return <Waiting title={probe ? "Response" : "Values"} end={end} />;
  if (table)
    return (
      <Section title={probe ? "Response" : "Values"} note={words} end={end}>
        <SeriesTable buckets={data.buckets} probe={probe} />
      </Section>
    );
  if (!probe)
    return (
      <Section
        title="Values"
        note={words}
        end={
          <>
            {legend(valueLegend)}
            {end}
          </>
        }
      >
        <ValueChart buckets={data.buckets} />
      </Section>
    );
  return (
    <div className="cols half">
      <Section
        title="Response"
        note={words}
        end={
          <>
            {legend(lineLegend)}
            {end}
          </>
        }
      >
        <PercentileChart buckets={data.buckets} />
      </Section>
      <Section title="Phases" note="mean per bucket" end={legend(phaseLegend)}>
        <PhaseChart buckets={data.buckets} />
      </Section>
    </div>
  );
}

type Range = (typeof ranges)[number]["value"];

/** A check that began an hour ago is shown that hour: a day of hatch says nothing. */
function rangeOf(day: Series | undefined): Range {
  const first = day?.buckets.find((bucket) => Number(bucket.count) > 0);
  if (!day || !first) return "24";
  const hours = (Date.parse(day.to) - Date.parse(first.at)) / 3_600_000;
  return hours <= 1 ? "1" : hours <= 6 ? "6" : "24";
}

const Waiting = ({ title, end }: { title: string; end: ReactNode }) => (
  <Section title={title} end={end}>
    <div className="chart" style={{ height: 192 }} aria-hidden="true">
      <span className="sk" style={{ height: 4, marginTop: 120 }} />
    </div>
  </Section>
);

interface LegendItem {
  word: string;
  colour: string;
  line?: number;
}

const lineLegend: LegendItem[] = [
  { word: "p50", colour: "var(--series-5)", line: 2 },
  { word: "p95", colour: "var(--series-4)", line: 2 },
  { word: "p99", colour: "var(--series-3)", line: 1 },
];
const valueLegend: LegendItem[] = [
  { word: "mean", colour: "var(--series-5)", line: 2 },
  { word: "least to most", colour: "var(--series-1)" },
];
const phases = [
  { key: "resolve", word: "resolve", colour: "var(--series-1)" },
  { key: "connect", word: "connect", colour: "var(--series-2)" },
  { key: "tls", word: "TLS", colour: "var(--series-3)" },
  { key: "firstByte", word: "processing", colour: "var(--series-4)" },
  { key: "transfer", word: "transfer", colour: "var(--series-5)" },
] as const satisfies readonly { key: keyof Latency; word: string; colour: string }[];
const phaseLegend: LegendItem[] = phases.map(({ word, colour }) => ({ word, colour }));

const legend = (items: LegendItem[]) => (
  <span className="legend">
    {items.map(({ word, colour, line }) => (
      <span key={word}>
        <i className={line ? "line" : ""} style={{ background: colour, ...(line ? { height: line } : {}) }} />
        {word}
      </span>
    ))}
  </span>
);

const has = (bucket: SeriesBucket) => (Number(bucket.count) > 0 ? 1 : null);

/** Failures as a strip on the axis; taller means more of the bucket failed. */
function Failures({ buckets, scale }: { buckets: readonly SeriesBucket[]; scale: Scale }) {
  const half = (scale.x(1) - scale.x(0)) / 2;
  return buckets.map((bucket, i) => {
    if (Number(bucket.good) >= Number(bucket.count)) return null;
    const left = Math.max(0, scale.x(i) - half);
    return <rect key={bucket.at} x={left} y={165} width={Math.max(2, half * 2)} height={3} fill="var(--st-down)" />;
  });
}

function PercentileChart({ buckets }: { buckets: readonly SeriesBucket[] }) {
  const p50 = buckets.map((b) => b.p50 ?? b.mean);
  const p95 = buckets.map((b) => b.p95 ?? b.max);
  const p99 = buckets.map((b) => b.p99 ?? b.max);
  const last = buckets.findLast((b) => Number(b.count) > 0);
  return (
    <Chart
      times={buckets.map((b) => b.at)}
      max={Math.max(10, ...p99.map((v) => v ?? 0))}
      known={buckets.map(has)}
      format={latencyTick}
      label={`Response p50, p95, p99. ${last ? `Last p95 ${latency(last.p95)}` : "No data"}. The table view has every bucket.`}
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

function PhaseChart({ buckets }: { buckets: readonly SeriesBucket[] }) {
  const stacks = buckets.map((bucket) => stackOf(bucket.phases));
  const level = (phase: number) => stacks.map((stack) => (stack ? (stack[phase] ?? 0) : null));
  const top = Math.max(10, ...stacks.map((stack) => stack?.at(-1) ?? 0));
  return (
    <Chart
      times={buckets.map((b) => b.at)}
      max={top}
      known={stacks.map((stack) => (stack ? 1 : null))}
      format={latencyTick}
      label={`Mean response by phase: ${phaseSummary(buckets)}. The table view has every bucket.`}
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
  if (!last) return "no data";
  return phases.map(({ key, word }) => `${word} ${latency(last[key])}`).join(", ");
}

function ValueChart({ buckets }: { buckets: readonly SeriesBucket[] }) {
  const mean = buckets.map((b) => b.mean);
  const low = buckets.map((b) => b.min);
  const high = buckets.map((b) => b.max);
  const last = mean.findLast((v) => v != null);
  return (
    <Chart
      times={buckets.map((b) => b.at)}
      max={Math.max(1e-9, ...high.map((v) => v ?? 0))}
      known={buckets.map(has)}
      format={(v) => value(Number(v.toPrecision(3)))}
      label={`Values per bucket. Last mean ${value(last ?? null)}. The table view has every bucket.`}
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

const latencyTick = (ms: number) =>
  (ms >= 1000 ? `${Number((ms / 1000).toFixed(2))} s` : `${Number(ms.toFixed(1))} ms`).replace(/^0 .*/, "0");

function BucketTip({ bucket, plain = false }: { bucket: SeriesBucket | undefined; plain?: boolean }) {
  if (!bucket) return null;
  if (Number(bucket.count) === 0) return <>{clock(bucket.at)} · no data</>;
  const failed = Number(bucket.count) - Number(bucket.good);
  return (
    <>
      <b>{clock(bucket.at)}</b>
      <br />
      {plain
        ? `mean ${value(bucket.mean)}, ${value(bucket.min)} to ${value(bucket.max)}`
        : `p50 ${latency(bucket.p50)} · p95 ${latency(bucket.p95)} · p99 ${latency(bucket.p99)}`}
      <br />
      {bucket.count} observations{failed > 0 ? `, ${failed} not good` : ""}
    </>
  );
}

function PhaseTip({ bucket }: { bucket: SeriesBucket | undefined }) {
  if (!bucket?.phases) return <>no data</>;
  const { phases: seen } = bucket;
  return (
    <>
      <b>{clock(bucket.at)}</b> total {latency(seen.total)}
      {phases.map(({ key, word }) => (
        <div key={key}>
          {word} {latency(seen[key])}
        </div>
      ))}
    </>
  );
}

function SeriesTable({ buckets, probe }: { buckets: readonly SeriesBucket[]; probe: boolean }) {
  const show = probe ? latency : value;
  const heads = probe ? ["p50", "p95", "p99"] : ["Least", "Mean", "Most"];
  const cells = (b: SeriesBucket) => (probe ? [b.p50, b.p95, b.p99] : [b.min, b.mean, b.max]);
  return (
    <div className="scrolls">
      <table className="tbl tight">
        <thead>
          <tr>
            <th>From</th>
            <th className="num">Observations</th>
            <th className="num">Good</th>
            {heads.map((head) => (
              <th key={head} className="num">
                {head}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {buckets.toReversed().map((bucket) => (
            <tr key={bucket.at}>
              <td>{new Date(bucket.at).toLocaleString("en-GB")}</td>
              <td className="num">{Number(bucket.count) === 0 ? "no data" : bucket.count}</td>
              <td className="num">{Number(bucket.count) === 0 ? none : bucket.good}</td>
              {cells(bucket).map((cell, i) => (
                <td key={heads[i]} className="num">
                  {show(cell)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
