import { describe, expect, it } from "vitest";
import type { BudgetSeries } from "../../api/model";
import { chartHeight, chartWidth } from "../../ui/scale";
import { linePath, nearest, paperOf, uncounted } from "./burn";

const hour = (n: number) => new Date(Date.UTC(2026, 10, 1, n)).toISOString();

/** Left, and what was counted since the point before. */
const series = (...points: [number, number][]): BudgetSeries => ({
  position: 1,
  asOf: hour(points.length - 1),
  from: hour(0),
  to: hour(points.length - 1),
  windowEnd: hour(points.length - 1),
  unit: "ms",
  total: 100,
  points: points.map(([left, counted], i) => ({ at: hour(i), counted, spent: 100 - left, left, leftPercent: left })),
});

describe("a burn-down", () => {
  it("reaches from the full budget to zero where nothing is overspent", () => {
    const paper = paperOf(series([100, 0], [60, 5], [20, 5]));
    expect(paper.y(100)).toBe(0);
    expect(paper.zero).toBe(chartHeight);
    expect(linePath(series([100, 0], [0, 5]).points, paperOf(series([100, 0], [0, 5])))).toBe(
      `M0.0 0.0L${chartWidth}.0 ${chartHeight}.0`,
    );
  });

  it("makes room below zero for what is overspent, and says where zero is", () => {
    const paper = paperOf(series([100, 0], [-20, 5]));
    expect(paper.zero).toBeLessThan(chartHeight);
    expect(paper.ticks).toContain(0);
  });

  it("shows times without data as one gap", () => {
    const told = series([100, 0], [100, 0], [100, 0], [90, 5]);
    const gaps = uncounted(told.points, paperOf(told));
    expect(gaps).toHaveLength(1);
    expect(gaps[0]?.[1]).toBeCloseTo((chartWidth * 2) / 3);
  });

  it("finds the point under the pointer", () => {
    const told = series([100, 0], [90, 5], [80, 5]);
    expect(nearest(told.points, paperOf(told), 0.6)).toBe(1);
  });
});
