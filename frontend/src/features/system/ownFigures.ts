import { t } from "@texts/system";
import type { SystemFigure, SystemMetrics } from "../../api/model";
import { bytes, latency, value } from "../../util/number";

interface Line {
  /** The figure's name in the API. */
  name: string;
  word: string;
  colour: string;
}

/** What one chart shows. */
export interface OwnChart {
  title: string;
  lines: readonly Line[];
  format: (value: number) => string;
}

const strong = "var(--series-5)";
const weak = "var(--series-3)";
/** On an axis, where `80.0 MB` would stand over `160 MB`. */
const size = (n: number) => bytes(n).replace(".0 ", " ");
const plain = (n: number) => value(Number(n.toPrecision(3)));

/** The charts of the System screen, in the order in which an operator asks. */
export const ownCharts: readonly OwnChart[] = [
  {
    title: t.stored,
    lines: [
      { name: "reports.rate", word: t.reportsPerSecond, colour: strong },
      { name: "results.rate", word: t.resultsPerSecond, colour: weak },
    ],
    format: plain,
  },
  {
    title: t.timeToStore,
    lines: [
      { name: "append.p50", word: "p50", colour: strong },
      { name: "append.p99", word: "p99", colour: weak },
    ],
    format: latency,
  },
  {
    title: t.behindTheLog,
    lines: [
      { name: "projections.lag", word: t.readModels, colour: strong },
      { name: "evaluation.lag", word: t.statuses, colour: weak },
    ],
    format: plain,
  },
  { title: t.timeToJudge, lines: [{ name: "evaluation.p99", word: "p99", colour: strong }], format: latency },
  {
    title: t.waitingToBeDelivered,
    lines: [
      { name: "spool.waiting", word: t.resultsInSpools, colour: strong },
      { name: "notices.waiting", word: t.notices, colour: weak },
    ],
    format: plain,
  },
  {
    title: t.notAsAsked,
    lines: [
      { name: "requests.refused", word: t.refusedPerMinute, colour: strong },
      { name: "requests.failed", word: t.failedPerMinute, colour: "var(--st-down)" },
      { name: "observations.late", word: t.latePerMinute, colour: weak },
    ],
    format: plain,
  },
  { title: t.processor, lines: [{ name: "process.cpu", word: t.coresBusy, colour: strong }], format: plain },
  {
    title: t.memory,
    lines: [
      { name: "process.memory", word: t.process, colour: strong },
      { name: "process.heap", word: t.heap, colour: weak },
    ],
    format: size,
  },
  {
    title: t.onDisk,
    lines: [
      { name: "database.bytes", word: t.database, colour: strong },
      { name: "telemetry.bytes", word: t.observations, colour: weak },
    ],
    format: size,
  },
  {
    title: t.watching,
    lines: [
      { name: "streams.open", word: t.openPages, colour: strong },
      { name: "agents.live", word: t.liveAgents, colour: weak },
    ],
    format: plain,
  },
];

export const figureOf = (metrics: SystemMetrics, name: string): SystemFigure | undefined =>
  metrics.figures.find((figure) => figure.name === name);

/** Whether anything was measured in the time asked for. */
export const wasMeasured = (metrics: SystemMetrics) => metrics.servers.length > 0;
