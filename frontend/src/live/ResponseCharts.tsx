import { useQuery } from "@tanstack/react-query";
import { t } from "@texts/live";
import { type ReactNode, useState } from "react";
import { annotationsQuery } from "../api/annotations";
import type { Series } from "../api/model";
import { explainError } from "../api/problem";
import { seriesQuery } from "../api/queries";
import { Button } from "../ui/Button";
import type { ChartMark } from "../ui/Chart";
import { Notice } from "../ui/Notice";
import { Section, TableSwitch } from "../ui/Section";
import { Select } from "../ui/Select";
import { clock, exactAge, parseDuration } from "../util/time";
import { gapLine } from "./gaps";
import { Legend, type LegendItem } from "./response/legend";
import { lineLegend, PercentileChart } from "./response/PercentileChart";
import { PhaseChart, phaseLegend } from "./response/PhaseChart";
import { SeriesTable } from "./response/SeriesTable";
import { ValueChart, valueLegend } from "./response/ValueChart";

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
  /** What happened to it is drawn into the charts. */
  nodeId?: string;
  /** Up to another time than now. */
  at?: string;
}

/** The check's history: percentiles beside the phases for a probe, the values for a report. */
export function ResponseCharts({ checkId, probe, note, nodeId, at }: Props) {
  const [chosen, setHours] = useState<Range>();
  const day = useQuery({ ...seriesQuery(checkId, 24, at), enabled: chosen === undefined });
  const hours = chosen ?? rangeOf(day.data);
  const [table, setTable] = useState(false);
  const series = useQuery({
    ...seriesQuery(checkId, Number(hours), at),
    placeholderData: (known: Series | undefined) => known,
  });
  const marks = useMarks(nodeId, at, Number(hours));
  const end = (
    <>
      <Select className="sm" label={t.range} value={hours} options={ranges} onChange={setHours} />
      <TableSwitch table={table} onChange={setTable} />
    </>
  );
  if (series.isError && !series.data)
    return (
      <Notice
        title={t.theChartCouldNotBeRead}
        action={
          <Button small onClick={() => series.refetch()}>
            {t.again}
          </Button>
        }
      >
        {explainError(series.error)}
      </Notice>
    );
  const data = series.data;
  const bucket = data ? t.buckets(exactAge(parseDuration(data.bucket) ?? 0).replace(/ 0 (s|min|h)$/, "")) : "";
  const words = (
    <span className="row">
      {typeof note === "string" ? `${note};` : note} {bucket}
    </span>
  );
  if (!data) return <Waiting title={probe ? t.response : t.values} end={end} />;
  if (table)
    return (
      <Section title={probe ? t.response : t.values} note={words} end={end}>
        <SeriesTable buckets={data.buckets} probe={probe} />
      </Section>
    );
  if (!probe)
    return (
      <Section
        title={t.values}
        note={words}
        end={
          <>
            <Legend items={[...valueLegend, ...lostLegend(data)]} />
            {end}
          </>
        }
      >
        <ValueChart buckets={data.buckets} marks={marks} />
        <Gaps series={data} />
      </Section>
    );
  return (
    <div className="cols half">
      <Section
        title={t.response}
        note={words}
        end={
          <>
            <Legend items={[...lineLegend, ...lostLegend(data)]} />
            {end}
          </>
        }
      >
        <PercentileChart buckets={data.buckets} marks={marks} />
        <Gaps series={data} />
      </Section>
      <Section title={t.phases} note={t.meanPerBucket} end={<Legend items={phaseLegend} />}>
        <PhaseChart buckets={data.buckets} marks={marks} />
      </Section>
    </div>
  );
}

function useMarks(nodeId: string | undefined, at: string | undefined, hours: number): ChartMark[] {
  const annotations = useQuery({ ...annotationsQuery(nodeId ?? "", at, hours), enabled: nodeId !== undefined });
  return (annotations.data?.items ?? []).map((item) => ({
    at: Date.parse(item.at),
    words: `${clock(item.at)} ${item.text}`,
  }));
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

/** The crossed hatch is explained where there is one. */
const lostLegend = ({ gaps }: Series): LegendItem[] => (gaps?.length ? [{ word: t.gap, colour: "var(--nodata)" }] : []);

/** Most gaps that are told one by one. */
const told = 5;

/** What is missing, and why; the newest first. */
function Gaps({ series: { gaps } }: { series: Series }) {
  if (!gaps?.length) return null;
  return (
    <ul className="small t2" aria-label={t.gaps}>
      {gaps
        .slice(-told)
        .reverse()
        .map((gap) => (
          <li key={`${gap.from} ${gap.reason}`}>{t.gap2(gapLine(gap))}</li>
        ))}
      {gaps.length > told ? <li>{t.andBefore(gaps.length - told)}</li> : null}
    </ul>
  );
}
