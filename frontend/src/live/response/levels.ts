import { t } from "@texts/live";
import type { SeriesBucket } from "../../api/model";
import type { ChartLevel } from "../../ui/Chart";
import { symbols } from "../../util/comparison";
import { look } from "../../util/status";
import type { LegendItem } from "./legend";
import type { Look } from "./quantity";
import { fitted, type Threshold } from "./thresholds";

/** A chart's thresholds: what is drawn, what the legend notes, and both as a reader hears them. */
export interface Levels {
  drawn: ChartLevel[];
  legend: LegendItem[];
  words: string;
}

export function levelsOf(thresholds: readonly Threshold[], buckets: readonly SeriesBucket[], of: Look): Levels {
  const { drawn, beyond } = fitted(thresholds, seen(buckets, of.percentiles));
  const words = (one: Threshold) => `${one.status} ${symbols[one.compare]} ${of.limit(one.at)}`;
  const outside = beyond.map((one) => ({ one, word: t.beyondTheChart(words(one)) }));
  const all = [...drawn.map(words), ...outside.map(({ word }) => word)];
  return {
    drawn: drawn.map((one) => {
      const { shape, tone } = look(one.status);
      return { value: one.at, words: words(one), shape, tone };
    }),
    legend: outside.map(({ one, word }) => ({ word, tone: look(one.status).tone })),
    words: all.length > 0 ? t.thresholds(all.join(", ")) : "",
  };
}

/** The largest that is drawn of the data, whatever its sign. */
const seen = (buckets: readonly SeriesBucket[], percentiles: boolean) =>
  Math.max(
    0,
    ...buckets.flatMap((b) => (percentiles ? [b.p99 ?? b.max] : [b.min, b.max])).map((n) => Math.abs(n ?? 0)),
  );
