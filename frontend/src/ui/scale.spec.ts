import { describe, expect, it } from "vitest";
import { outlines } from "./Heartbeat";
import { sparkPath } from "./Sparkline";
import { apart, bandPath, gapsOf, linePath, placedOf, runs, scaleOf, ticksOf } from "./scale";

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

describe("an axis", () => {
  it("goes from zero to what is seen, in round steps", () => {
    expect(ticksOf(0, 95, 4)).toEqual([0, 25, 50, 75, 100]);
    expect(ticksOf(3, 0.5, 4)).toEqual([0, 0.15, 0.3, 0.45, 0.6].map((n) => expect.closeTo(n)));
  });

  it("goes below zero where that was seen, and keeps zero", () => {
    expect(ticksOf(-12, 20, 4)).toEqual([-16, -8, 0, 8, 16, 24]);
    expect(ticksOf(-10, -5, 4)).toEqual([-10, -7.5, -5, -2.5, 0]);
    const { y } = scaleOf(2, 24, -16);
    expect([y(-16), y(24), y(4)]).toEqual([168, 0, 84]);
  });
});

describe("names of levels", () => {
  it("stand above their lines, and make room for each other from the top", () => {
    expect(apart([100, 40], 16, 168)).toEqual([84, 24]);
    expect(apart([100, 96, 5], 16, 168)).toEqual([96, 80, 0]);
  });

  it("stay on the chart where many are at its foot", () => {
    expect(apart([168, 166, 164], 16, 168)).toEqual([152, 136, 120]);
  });
});
