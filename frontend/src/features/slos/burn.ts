import type { BudgetPoint, BudgetSeries } from "../../api/model";
import { chartHeight, chartWidth } from "../../ui/scale";

/** A burn-down on the chart's paper: shares of the budget over the window. */
export interface BurnPaper {
  x: (at: string) => number;
  y: (percent: number) => number;
  /** Lines across, percent. */
  ticks: number[];
  zero: number;
}

/** Further down than this nothing more is to be seen. */
const lowest = -200;

export const shareOf = (point: BudgetPoint) => point.leftPercent ?? (point.left < 0 ? lowest : 100);

export function paperOf(series: BudgetSeries): BurnPaper {
  const [from, to] = [Date.parse(series.from), Date.parse(series.windowEnd)];
  const least = Math.max(lowest, Math.min(0, ...series.points.map(shareOf)));
  const step = least < -100 ? 100 : least < 0 ? 50 : 25;
  const bottom = Math.floor(least / step) * step;
  const y = (percent: number) => ((100 - Math.max(percent, bottom)) / (100 - bottom)) * chartHeight;
  const ticks = [];
  for (let tick = bottom; tick <= 100; tick += step) ticks.push(tick);
  return { x: (at) => ((Date.parse(at) - from) / (to - from)) * chartWidth, y, ticks, zero: y(0) };
}

/** The line; where nothing was counted it goes on flat, below the hatch. */
export const linePath = (points: readonly BudgetPoint[], { x, y }: BurnPaper) =>
  points.map((p, i) => `${i === 0 ? "M" : "L"}${x(p.at).toFixed(1)} ${y(shareOf(p)).toFixed(1)}`).join("");

/** Where nothing was counted, as [x, width]; neighbours are one. */
export function uncounted(points: readonly BudgetPoint[], { x }: BurnPaper): [number, number][] {
  const gaps: [number, number][] = [];
  for (let i = 1; i < points.length; i++) {
    const [before, point] = [points[i - 1], points[i]];
    if (!before || !point || point.counted > 0) continue;
    const [left, right] = [x(before.at), x(point.at)];
    const last = gaps.at(-1);
    if (last && Math.abs(last[0] + last[1] - left) < 0.01) last[1] = right - last[0];
    else gaps.push([left, right - left]);
  }
  return gaps;
}

/** The point that stands nearest to a share of the width. */
export function nearest(points: readonly BudgetPoint[], { x }: BurnPaper, share: number): number {
  let best = 0;
  points.forEach((point, i) => {
    const known = points[best];
    if (known && Math.abs(x(point.at) - share * chartWidth) < Math.abs(x(known.at) - share * chartWidth)) best = i;
  });
  return best;
}
