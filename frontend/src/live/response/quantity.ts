import { t } from "@texts/live";
import type { ObservationView } from "../../api/model";
import { latency, none, shortValue, value } from "../../util/number";
import { measures } from "../probeFacts";
import { latencyTick } from "./buckets";

/** What a chart is of: the field that rules compare, with a report's metrics as `metrics.disk.used`. */
export type Quantity = string;

/** What a check's chart is of where nothing else is asked for. */
const usual = { probe: "latency.total", report: "value" } as const;
const ofMetrics = "metrics.";

export const usualOf = (probe: boolean): Quantity => (probe ? usual.probe : usual.report);

export const quantityOfMetric = (name: string): Quantity => ofMetrics + name;

/** The name that the API knows it by; undefined for the usual. */
export function metricOf(quantity: Quantity, probe: boolean): string | undefined {
  if (quantity === usualOf(probe)) return undefined;
  return probe ? quantity : quantity.slice(ofMetrics.length);
}

/** Whether a check of that kind can have it: what an address says may be anything. */
export function isOf(quantity: unknown, probe: boolean): quantity is Quantity {
  if (typeof quantity !== "string") return false;
  if (quantity === usualOf(probe)) return true;
  const name = metricOf(quantity, probe) ?? "";
  return quantity.startsWith(ofMetrics) !== probe && name.length > 0 && name.length <= 200;
}

/** What the observations carried, the usual first; the usual where they carried nothing. */
export function quantitiesOf(observations: readonly ObservationView[], probe: boolean): Quantity[] {
  const names = observations.flatMap((o) => Object.keys((probe ? o.probe?.measures : o.metrics) ?? {}));
  const metrics = [...new Set(names)].sort().map((name) => (probe ? name : quantityOfMetric(name)));
  const hasUsual = probe || observations.some((o) => o.value != null);
  return hasUsual || metrics.length === 0 ? [usualOf(probe), ...metrics] : metrics;
}

/** How a quantity is called and written. */
export interface Look {
  /** Over its chart. */
  title: string;
  /** In the list of what can be charted. */
  word: string;
  show: (n: number | null | undefined) => string;
  /** Beside the axis. */
  tick: (n: number) => string;
  /** Of a rule, exactly. */
  limit: (n: number) => string;
  /** Whether the slow ones matter more than the mean. */
  percentiles: boolean;
}

const plain = { show: value, tick: shortValue, limit: value, percentiles: false };
const duration = (ms: number) => (ms >= 1000 ? `${value(ms / 1000)} s` : t.ms(value(ms)));

export function lookOf(quantity: Quantity, probe: boolean): Look {
  const metric = metricOf(quantity, probe);
  if (metric === undefined)
    return probe
      ? {
          title: t.response,
          word: t.responseTime,
          show: latency,
          tick: latencyTick,
          limit: duration,
          percentiles: true,
        }
      : { title: t.values, word: t.value, ...plain };
  if (!probe || !Object.hasOwn(measures, metric)) return { title: metric, word: metric, ...plain };
  const { label, show } = measures[metric as keyof typeof measures];
  return {
    title: label,
    word: label,
    show: (n) => (n == null ? none : show(n)),
    tick: show,
    limit: show === latency ? duration : show,
    percentiles: false,
  };
}
