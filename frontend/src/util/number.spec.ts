import { expect, it } from "vitest";
import { counted, latency, niceStep, shortValue, uptime, value } from "./number";

it("writes a latency with its unit and no false precision", () => {
  expect([0.42, 74.4, 812, 1944, null].map(latency)).toEqual(["0.4 ms", "74 ms", "812 ms", "1.94 s", "–"]);
});

it("writes an absent value as a dash, never as zero", () => {
  expect([uptime(null), value(null)]).toEqual(["–", "–"]);
  expect([uptime(100), value(0)]).toEqual(["100.000", "0"]);
});

const nodes = { one: "node", other: "nodes" };

it("counts one thing in the singular", () => {
  expect([counted(1, nodes), counted(2087, nodes), counted(0, nodes)]).toEqual(["1 node", "2,087 nodes", "0 nodes"]);
});

it("covers a chart with round steps", () => {
  for (const max of [0.003, 7, 95, 812, 2390]) {
    const step = niceStep(max);
    expect(step * 4).toBeGreaterThanOrEqual(max * 0.99);
    expect(step * 4).toBeLessThan(max * 2.5);
  }
});

it("is short beside an axis", () => {
  expect([0, 0.3, 1914, 12_500, -2_400_000, 0.0000123, 3e18].map(shortValue)).toEqual([
    "0",
    "0.3",
    "1,910",
    "12.5K",
    "-2.4M",
    "1.2e-5",
    "3.0e18",
  ]);
});
