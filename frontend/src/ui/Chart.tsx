import { language } from "@texts/language";
import { type PointerEvent, type ReactNode, useState } from "react";
import { Mark } from "./Mark";
import { apart, chartHeight, chartWidth, gapsOf, placedOf, type Scale, scaleOf, ticksOf } from "./scale";

interface Props {
  /** Times of the buckets, oldest first. */
  times: readonly string[];
  /** The largest value that is drawn. */
  max: number;
  /** The least, where it is below zero: zero is always on the chart. */
  min?: number;
  /** Whether a bucket has data; where not, a hatch says so. */
  known: readonly (number | null | undefined)[];
  /** Buckets in which nothing could be seen, through no fault of what is watched: another hatch, with an edge. */
  lost?: readonly boolean[];
  format: (value: number) => string;
  /** The summary that a reader hears. */
  label: string;
  /** What to say about one bucket. */
  tip: (index: number) => ReactNode;
  /** Moments that something happened at, drawn where they fall between the buckets and told beside the nearest. */
  marks?: readonly ChartMark[];
  /** Values that matter, each a dashed line with words at its end, which `label` has too. */
  levels?: readonly ChartLevel[];
  children: (scale: Scale) => ReactNode;
}

export interface ChartMark {
  at: number;
  words: string;
}

export interface ChartLevel {
  value: number;
  words: string;
  shape: string;
  tone: string;
}

const lines = 4;

/** So many names of levels have room below each other. */
const mostNamed = 8;
const nameHeight = 16;

/** Grid, axes and cursor. Words are HTML, so that they never stretch. */
export function Chart(props: Props) {
  const { times, max, min = 0, known, lost = [], format, label, tip, marks = [], levels = [], children } = props;
  const [cursor, setCursor] = useState<number>();
  const ticks = ticksOf(min, max, lines);
  const scale = scaleOf(times.length, ticks.at(-1) ?? 1, ticks[0]);
  const placed = placedOf(marks, times);
  const onMove = (event: PointerEvent<SVGSVGElement>) => {
    const box = event.currentTarget.getBoundingClientRect();
    const share = (event.clientX - box.left) / box.width;
    setCursor(Math.max(0, Math.min(times.length - 1, Math.round(share * (times.length - 1)))));
  };
  return (
    <div className="chart">
      <svg
        viewBox={`0 0 ${chartWidth} ${chartHeight}`}
        preserveAspectRatio="none"
        role="img"
        aria-label={label}
        onPointerMove={onMove}
        onPointerLeave={() => setCursor(undefined)}
      >
        {ticks.map((tick) => (
          <path key={tick} className="gl" d={`M0 ${scale.y(tick).toFixed(1)}H${chartWidth}`} />
        ))}
        {gapsOf(withLost(known, lost), scale).map(([x, width]) => (
          <rect key={x} x={x} y={0} width={width} height={chartHeight} fill="url(#hatch)" opacity={0.7} />
        ))}
        {gapsOf(lostOf(lost), scale).map(([x, width]) => (
          <g key={x} className="lost">
            <rect x={x} y={0} width={width} height={chartHeight} fill="url(#lost)" />
            <path d={`M${x.toFixed(1)} 1h${width.toFixed(1)}`} />
          </g>
        ))}
        {children(scale)}
        {levels.map(({ value, words, tone }) => (
          <path key={words} className={`level s-${tone}`} d={`M0 ${scale.y(value).toFixed(1)}H${chartWidth}`} />
        ))}
        {placed.map(({ index, at, words }) => (
          <path key={`${at} ${words}`} className="mark" d={`M${scale.x(index).toFixed(1)} 0V${chartHeight}`} />
        ))}
        {cursor === undefined ? null : <path className="cursor" d={`M${scale.x(cursor)} 0V${chartHeight}`} />}
      </svg>
      {ticks.map((tick) => (
        <span key={tick} className="y" style={{ top: 4 + scale.y(tick) }}>
          {format(tick)}
        </span>
      ))}
      <LevelNames levels={levels.slice(0, mostNamed)} scale={scale} />
      <TimeAxis times={times} />
      {cursor === undefined ? null : (
        <div className="tip" style={beside(cursor / Math.max(1, times.length - 1))}>
          {tip(cursor)}
          {placed
            .filter(({ index }) => Math.round(index) === cursor)
            .map(({ at, words }) => (
              <div key={`${at} ${words}`}>{words}</div>
            ))}
        </div>
      )}
    </div>
  );
}

/** What each level means, at its end; readers hear it in the chart's label. */
function LevelNames({ levels, scale }: { levels: readonly ChartLevel[]; scale: Scale }) {
  const tops = apart(
    levels.map(({ value }) => scale.y(value)),
    nameHeight,
    chartHeight,
  );
  return levels.map(({ words, shape, tone }, i) => (
    <span key={words} className="levelname" style={{ top: 4 + (tops[i] ?? 0) }} aria-hidden="true">
      <Mark shape={shape} tone={tone} size="sm" />
      {words}
    </span>
  ));
}

const withLost = (known: Props["known"], lost: readonly boolean[]) => known.map((v, i) => (lost[i] ? 1 : v));
const lostOf = (lost: readonly boolean[]) => lost.map((gone) => (gone ? null : 1));

/** Left of the cursor in the right half, and the other way round. */
const beside = (share: number) => {
  const place = `calc(44px + (100% - 44px) * ${share.toFixed(4)})`;
  return share > 0.5 ? { right: `calc(100% - ${place} + 8px)` } : { left: `calc(${place} + 8px)` };
};

function TimeAxis({ times }: { times: readonly string[] }) {
  const from = Date.parse(times[0] ?? "");
  const to = Date.parse(times.at(-1) ?? "");
  if (!(to > from)) return null;
  return timeTicks(from, to).map(({ at, text }) => (
    <span
      key={at}
      className="x"
      style={{ left: `calc(44px + (100% - 44px) * ${((at - from) / (to - from)).toFixed(4)})` }}
    >
      {text}
    </span>
  ));
}

const hour = 3_600_000;
const steps = [hour / 12, hour / 4, hour / 2, hour, 3 * hour, 4 * hour, 12 * hour, 24 * hour, 120 * hour];

/** Four to seven round times of the viewer's day. */
export function timeTicks(from: number, to: number): { at: number; text: string }[] {
  const step = steps.find((s) => (to - from) / s <= 7) ?? 24 * hour * Math.ceil((to - from) / (7 * 24 * hour));
  const zone = new Date(from).getTimezoneOffset() * 60_000;
  const ticks = [];
  for (let at = Math.ceil((from - zone) / step) * step + zone; at <= to; at += step) {
    const share = (at - from) / (to - from);
    if (share > 0.02 && share < 0.97) ticks.push({ at, text: tickText(at, step) });
  }
  return ticks;
}

function tickText(at: number, step: number): string {
  const t = new Date(at);
  if (step >= 24 * hour) return t.toLocaleDateString(language, { day: "numeric", month: "short" });
  return `${String(t.getHours()).padStart(2, "0")}:${String(t.getMinutes()).padStart(2, "0")}`;
}
