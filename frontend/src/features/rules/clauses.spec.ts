import { describe, expect, it } from "vitest";
import { printClauses, readClause, readClauses, splitTop } from "./clauses";

describe("a clause", () => {
  it.each([
    "all children are down",
    "any child is critical",
    "no child is up",
    "count(children where status >= critical) >= 2",
    "percent(children where status is down) > 30",
    "weight(children where status is not up) >= 3",
    'child("payments/api") is down',
    'child("a \\"b\\"") >= degraded',
    "value > 80",
    "latency.total > 500ms for 3 checks",
    "statusCode != 204",
    'metrics["disk.used"] >= 0.9',
    "cert.daysLeft < 14",
  ])("is shown with fields and printed as it was: %s", (text) => {
    expect(readClause(text).kind).not.toBe("text");
    expect(printClauses(readClauses(text))).toBe(text);
  });

  it.each([
    "statusCode not in (200..299, 304)",
    'body matches /"ok":\\s*true/',
    'message contains "timeout and worse"',
    'percent(children where tag = "db": status is down) > 50',
    "hour in 22..6",
    "not (value > 3)",
    "count(failed, last 5) >= 3",
  ])("that no field can show stays text, untouched: %s", (text) => {
    expect(readClauses(text).clauses).toEqual([{ kind: "text", text }]);
    expect(printClauses(readClauses(text))).toBe(text);
  });
});

describe("a condition", () => {
  it("is cut where its clauses are joined", () => {
    expect(splitTop("value > 3 and age < 5m and outcome is up")).toEqual({
      joint: "and",
      parts: ["value > 3", "age < 5m", "outcome is up"],
    });
  });

  it("is not cut inside parentheses, quotes or a pattern", () => {
    const text = '(a > 1 or b > 2) or message contains "this and that" or body matches /x or y/';
    expect(splitTop(text).parts).toEqual([
      "(a > 1 or b > 2)",
      'message contains "this and that"',
      "body matches /x or y/",
    ]);
  });

  it("that mixes and with or is one part, for taking it apart would change it", () => {
    expect(splitTop("a > 1 and b > 2 or c > 3").parts).toEqual(["a > 1 and b > 2 or c > 3"]);
  });
});
