import { expect, test } from "vitest";
import type { SystemMetrics } from "../../api/model";
import { sinceMeasured } from "./sinceMeasured";

const minute = (i: number) => new Date(Date.UTC(2026, 0, 1, 12, i)).toISOString();

function measured(mean: (number | null)[]): SystemMetrics {
  const at = mean.map((_, i) => minute(i));
  const figures = [
    { name: "process.cpu", mean, largest: mean },
    { name: "agents.live", mean: mean.map(() => null), largest: mean.map(() => null) },
  ] as unknown as SystemMetrics["figures"];
  return { from: minute(0), to: minute(mean.length), bucket: "PT1M", servers: ["a"], at, figures };
}

const gap = (n: number) => Array.from({ length: n }, () => null);
const run = (n: number) => Array.from({ length: n }, () => 1);

test("the charts of a Torch that was started a while ago begin with its first figure", () => {
  const { begun, at, figures } = sinceMeasured(measured([...gap(40), ...run(20)]));
  expect(begun).toBe(minute(40));
  expect(at[0]).toBe(minute(40));
  expect(figures[0]?.mean).toEqual(run(20));
  expect(figures[0]?.largest).toHaveLength(20);
  expect(figures[1]?.mean).toHaveLength(20);
});

test("a few figures are not stretched over the whole width", () => {
  expect(sinceMeasured(measured([...gap(57), ...run(3)])).at).toHaveLength(4);
});

test("the bucket that lasts is no gap yet, an earlier one is", () => {
  const { begun, figures } = sinceMeasured(measured([1, ...gap(40), ...run(18), null]));
  expect(begun).toBeUndefined();
  expect(figures[0]?.mean).toEqual([1, ...gap(40), ...run(18)]);
});

test("where nothing was measured, nothing is left out", () => {
  expect(sinceMeasured(measured(gap(60))).at).toHaveLength(60);
});
