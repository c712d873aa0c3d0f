import { describe, expect, it } from "vitest";
import { outlines } from "./Heartbeat";
import { sparkPath } from "./Sparkline";
import { bandPath, gapsOf, linePath, placedOf, runs, scaleOf } from "./scale";

const scale = scaleOf(5, 100);

describe("a gap in the data", () => {
  const values = [10, 20, null, 30, 40];

  it("is never drawn through", () => {
    expect(runs(values)).toEqual([
      [0, 1],
      [3, 4],
    ]);
    expect(linePath(values, scale).match(/M/g)).toHaveLength(2);
    expect(bandPath([0, 0, 0, 0, 0], values, scale).match(/Z/g)).toHaveLength(2);
    expect(sparkPath(values).match(/M/g)).toHaveLength(2);
  });

  it("is hatched where it is", () => {
    expect(gapsOf(values, scale)).toEqual([[375, 250]]);
  });
});

it("a lone point is a dash, or nobody would see it", () => {
  expect(linePath([null, 5, null], scaleOf(3, 10))).toBe("M300.0 84.0H700.0");
});

it("a heartbeat has one path for each tone, and neighbours without data are one hatch", () => {
  const up = { tone: "up", height: 6 };
  const paths = outlines([up, null, null, { tone: "down", height: 16 }, up]);
  expect([...paths.keys()]).toEqual(["up", "nd", "down"]);
  expect(paths.get("nd")).toBe("M4 16V9H11V16Z");
  expect(paths.get("down")).toBe("M12 16V0H15V16Z");
});

describe("moments on a chart", () => {
  const times = [0, 10, 20].map((second) => new Date(second * 1000).toISOString());
  const placed = (...seconds: number[]) =>
    placedOf(
      seconds.map((second) => ({ at: second * 1000 })),
      times,
    ).map(({ index }) => index);

  it("fall between the buckets, and in the last one at its edge", () => {
    expect(placed(0, 15, 29)).toEqual([0, 1.5, 2]);
  });

  it("are left out before the first bucket and after the last", () => {
    expect(placed(-1, 30)).toEqual([]);
    expect(placedOf([{ at: 0 }], [])).toEqual([]);
    expect(placedOf([{ at: 0 }], [new Date(0).toISOString()])).toEqual([]);
  });
});
