import { expect, it } from "vitest";
import type { SeriesBucket } from "../../api/model";
import { levelsOf } from "./levels";
import { lookOf } from "./quantity";

const bucket = (more: Partial<SeriesBucket>) => ({ count: 1, good: 1, ...more }) as SeriesBucket;
const limit = (at: number, status: string) => ({ quantity: "latency.total", compare: ">=" as const, at, status });

it("draws what is near, notes what is far, and a reader hears both", () => {
  const buckets = [bucket({ p99: 200, max: 900 }), bucket({ p99: null, max: 210 })];
  const levels = levelsOf([limit(5_000, "down"), limit(500, "degraded")], buckets, lookOf("latency.total", true));

  expect(levels.drawn).toEqual([{ value: 500, words: "degraded ≥ 500 ms", shape: "triangle", tone: "degraded" }]);
  expect(levels.legend).toEqual([{ word: "down ≥ 5 s, beyond the chart", tone: "down" }]);
  expect(levels.words).toBe("Thresholds: degraded ≥ 500 ms, down ≥ 5 s, beyond the chart.");
});

it("has no words without thresholds", () => {
  expect(levelsOf([], [], lookOf("value", false))).toEqual({ drawn: [], legend: [], words: "" });
});
