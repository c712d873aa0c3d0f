import { describe, expect, it } from "vitest";
import { fitted, thresholdsOf } from "./thresholds";

const rule = (tree: unknown, status = "down") => ({ tree, then: status }) as never;
const clause = (text: string) => ({ clause: text });
const said = (...rules: never[]) =>
  thresholdsOf(rules).map(({ quantity, compare, at, status }) => `${quantity} ${compare} ${at} ${status}`);

describe("a threshold of a rule", () => {
  it.each([
    ["value > 80", ["value > 80 down"]],
    ["value <= -1.5", ["value <= -1.5 down"]],
    ["value >= 1E+20", ["value >= 100000000000000000000 down"]],
    ["latency.total > 500ms", ["latency.total > 500 down"]],
    ["latency.total >= 2s", ["latency.total >= 2000 down"]],
    ['metrics["disk.used"] >= 0.9', ["metrics.disk.used >= 0.9 down"]],
    ['metrics["a \\"b\\""] = 1', ['metrics.a "b" = 1 down']],
    ["exitCode != 0", ["metrics.exitCode != 0 down"]],
    ["value in (5..10)", ["value >= 5 down", "value <= 10 down"]],
    ["value not in (0..10, 20)", ["value < 0 down", "value > 10 down", "value != 20 down"]],
  ])("%s is read as the server prints it", (text, expected) => {
    expect(said(rule(clause(text)))).toEqual(expected);
  });

  it.each([
    "avg(value, 5m) > 80",
    "change(value) > 10",
    "rate(value) > 0.5",
    "count(value > 5, last 10) >= 3",
    'message = "80"',
    'message contains "> 80"',
    "outcome is down",
    "cause in (dns, timeout)",
    "hour in 8..18",
    "any child is down",
    "count(children where status >= critical) >= 2",
  ])("%s is none: no value is beyond it", (text) => {
    expect(said(rule(clause(text)))).toEqual([]);
  });

  it("is found within whatever joins clauses, turned round where it must not hold", () => {
    const tree = {
      or: [
        { and: [{ held: clause("value > 80"), checks: 3 }, clause("hour in 8..18")] },
        { not: { or: [clause("value >= 5"), { not: clause("value = 7") }] } },
      ],
    };
    expect(said(rule(tree))).toEqual(["value > 80 down", "value < 5 down", "value = 7 down"]);
  });

  it("is told once, the worst first", () => {
    const rules = [
      rule(clause("value > 80"), "degraded"),
      rule(clause("value > 90")),
      rule({ and: [clause("value > 90"), clause("outcome is up")] }),
    ];
    expect(said(...rules)).toEqual(["value > 90 down", "value > 80 degraded"]);
  });
});

describe("a chart has room for a threshold", () => {
  const at = (...values: number[]) =>
    values.map((value) => ({ quantity: "value", compare: ">" as const, at: value, status: "down" }));
  const shown = (seen: number, ...values: number[]) => {
    const { drawn, beyond } = fitted(at(...values), seen);
    return [drawn.map((one) => one.at), beyond.map((one) => one.at)];
  };

  it("up to four times what was seen", () => {
    expect(shown(20, 80, 81, 0, -80, -81)).toEqual([
      [80, 0, -80],
      [81, -81],
    ]);
  });

  it("and for the least where nothing but zero was seen", () => {
    expect(shown(0, 10, 40, 1000)).toEqual([[10, 40], [1000]]);
    expect(shown(0, 0)).toEqual([[0], []]);
    expect(shown(0)).toEqual([[], []]);
  });
});
