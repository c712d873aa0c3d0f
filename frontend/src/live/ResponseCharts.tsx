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
import { clock, exactAge, moment, parseDuration, utc } from "../util/time";
import { gapLine } from "./gaps";
import { Legend, type LegendItem } from "./response/legend";
import { type Levels, levelsOf } from "./response/levels";
import { lineLegend, PercentileChart } from "./response/PercentileChart";
import { PhaseChart, phaseLegend } from "./response/PhaseChart";
import { type Look, lookOf, metricOf, type Quantity } from "./response/quantity";
import { SeriesTable } from "./response/SeriesTable";
import { useChart, usePickChart } from "./response/useChart";
import { useThresholds } from "./response/useThresholds";
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
  /** The nodes whose rules set the thresholds. */
  rulesOf?: readonly string[];
  /** Up to another time than now. */
  at?: string;
}

/** The check's history: percentiles beside the phases for a probe, the values for a report, or a metric of either. */
export function ResponseCharts(props: Props) {
  const { checkId, probe, nodeId, rulesOf = [], at } = props;
  const { quantity, options, isKnown } = useChart(checkId, probe);
  const metric = metricOf(quantity, probe);
  const [chosen, setHours] = useState<Range>();
  const day = useQuery({ ...seriesQuery(checkId, 24, at, metric), enabled: isKnown && chosen === undefined });
  const hours = chosen ?? rangeOf(day.data);
  const [table, setTable] = useState(false);
  const series = useQuery({
    ...seriesQuery(checkId, Number(hours), at, metric),
    enabled: isKnown,
    placeholderData: (known: Series | undefined, query) => (query?.queryKey.at(-1) === metric ? known : undefined),
  });
  const marks = useMarks(nodeId, at, Number(hours));
  const thresholds = useThresholds(rulesOf, quantity, at);
  const look = lookOf(quantity, probe);
  const end = (
    <>
      <Select className="sm" label={t.range} value={hours} options={ranges} onChange={setHours} />
      <TableSwitch table={table} onChange={setTable} />
    </>
  );
  if (series.isError && !series.data) return <Unread fault={series.error} again={() => void series.refetch()} />;
  const words = (
    <Words note={props.note} series={series.data} hours={Number(hours)}>
      <ChartPick quantity={quantity} options={options} probe={probe} />
    </Words>
  );
  if (!series.data) return <Waiting title={look.title} note={words} end={end} />;
  const levels = levelsOf(thresholds, series.data.buckets, look);
  return table ? (
    <Section title={look.title} note={words} end={end}>
      <SeriesTable buckets={series.data.buckets} look={look} />
      {levels.words ? <p className="small t2">{levels.words}</p> : null}
    </Section>
  ) : (
    <Drawn series={series.data} look={look} levels={levels} marks={marks} note={words} end={end} />
  );
}

const Unread = ({ fault, again }: { fault: unknown; again: () => void }) => (
  <Notice
    title={t.theChartCouldNotBeRead}
    action={
      <Button small onClick={again}>
        {t.again}
      </Button>
    }
  >
    {explainError(fault)}
  </Notice>
);

interface DrawnProps {
  series: Series;
  look: Look;
  levels: Levels;
  marks: readonly ChartMark[];
  note: ReactNode;
  end: ReactNode;
}

function Drawn({ series, look, levels, marks, note, end }: DrawnProps) {
  const { buckets } = series;
  const legend = [...(look.percentiles ? lineLegend : valueLegend), ...levels.legend, ...lostLegend(series)];
  const main = (
    <Section
      title={look.title}
      note={note}
      end={
        <>
          <Legend items={legend} />
          {end}
        </>
      }
    >
      {look.percentiles ? (
        <PercentileChart buckets={buckets} marks={marks} levels={levels} />
      ) : (
        <ValueChart buckets={buckets} marks={marks} look={look} levels={levels} />
      )}
      <Gaps series={series} />
    </Section>
  );
  if (!look.percentiles) return main;
  return (
    <div className="cols half">
      {main}
      <Section title={t.phases} note={t.meanPerBucket} end={<Legend items={phaseLegend} />}>
        <PhaseChart buckets={buckets} marks={marks} />
      </Section>
    </div>
  );
}

interface WordsProps {
  note: ReactNode;
  series: Series | undefined;
  hours: number;
  children: ReactNode;
}

/** What is charted, how finely, and from when on where that is later than asked. */
function Words({ note, series, hours, children }: WordsProps) {
  const width = series ? (parseDuration(series.bucket) ?? 0) : 0;
  const late = series ? Date.parse(series.from) - (Date.parse(series.to) - hours * 3_600_000) : 0;
  return (
    <span className="row wraps">
      {typeof note === "string" ? `${note};` : note}
      {children}
      {series ? t.buckets(exactAge(width).replace(/ 0 (s|min|h)$/, "")) : null}
      {series && late > 1_000 ? <span title={utc(series.from)}>{t.fromOn(moment(series.from))}</span> : null}
    </span>
  );
}

interface PickProps {
  quantity: Quantity;
  options: readonly Quantity[];
  probe: boolean;
}

/** Where there is a choice. */
function ChartPick({ quantity, options, probe }: PickProps) {
  const pick = usePickChart();
  if (options.length < 2) return null;
  return (
    <Select
      className="sm chartpick"
      label={t.chart}
      value={quantity}
      options={options.map((value) => ({ value, label: lookOf(value, probe).word }))}
      onChange={(chart) => pick(chart === options[0] ? undefined : chart)}
    />
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

const Waiting = ({ title, note, end }: { title: string; note: ReactNode; end: ReactNode }) => (
  <Section title={title} note={note} end={end}>
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
