import { describe, expect, it } from "vitest";
import type { ObservationView } from "../../api/model";
import { isOf, lookOf, metricOf, quantitiesOf } from "./quantity";

const told = (more: Partial<ObservationView>) =>
  ({ value: null, metrics: null, probe: null, ...more }) as ObservationView;
const probed = (measures: Record<string, number>) => told({ value: 12, probe: { measures } as never });

describe("what can be charted", () => {
  it("of reports is the value and every metric that came lately", () => {
    const seen = [told({ value: 1, metrics: { files: 3 } }), told({ metrics: { "disk.used": 0.5, files: 4 } })];
    expect(quantitiesOf(seen, false)).toEqual(["value", "metrics.disk.used", "metrics.files"]);
  });

  it("is no value where only metrics come, and the value where nothing came yet", () => {
    expect(quantitiesOf([told({ metrics: { value: 1 } })], false)).toEqual(["metrics.value"]);
    expect(quantitiesOf([], false)).toEqual(["value"]);
  });

  it("of a probe is its response time and what its protocol measures", () => {
    expect(quantitiesOf([probed({ "icmp.rtt": 3, "icmp.loss": 0 })], true)).toEqual([
      "latency.total",
      "icmp.loss",
      "icmp.rtt",
    ]);
  });

  it("is asked of the API by its own name", () => {
    expect(["value", "metrics.disk.used", "metrics.value"].map((q) => metricOf(q, false))).toEqual([
      undefined,
      "disk.used",
      "value",
    ]);
    expect(["latency.total", "icmp.loss", "value"].map((q) => metricOf(q, true))).toEqual([
      undefined,
      "icmp.loss",
      "value",
    ]);
  });

  it("is nothing that an address makes up", () => {
    const asked = ["value", "metrics.a", "metrics.", "latency.total", "", 5, undefined, `metrics.${"m".repeat(201)}`];
    expect(asked.filter((q) => isOf(q, false))).toEqual(["value", "metrics.a"]);
    expect(["latency.total", "icmp.loss", "metrics.a", ""].filter((q) => isOf(q, true))).toEqual([
      "latency.total",
      "icmp.loss",
    ]);
  });
});

describe("a limit is written exactly", () => {
  it.each([
    ["latency.total", true, 1250, "1.25 s"],
    ["latency.total", true, 500, "500 ms"],
    ["icmp.rtt", true, 12.5, "12.5 ms"],
    ["icmp.loss", true, 20, "20 %"],
    ["feed.items", true, 1200, "1,200"],
    ["metrics.constructor", false, 0.925, "0.925"],
  ])("of %s", (quantity, probe, at, expected) => {
    expect(lookOf(quantity, probe).limit(at)).toBe(expected);
  });
});
