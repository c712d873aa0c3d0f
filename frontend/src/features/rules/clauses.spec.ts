import { describe, expect, it } from "vitest";
import { clausesOf, printCondition, readCondition } from "./condition";
import { printClause } from "./printClause";
import { readClause } from "./readClause";

describe("a clause", () => {
  it.each([
    "all children are down",
    "any child is critical",
    "no child is up",
    'any child where tag = "db" is not up',
    'all children where type = "http" and name matches /^eu-/ >= degraded',
    "any child in (down, critical)",
    "count(children where status >= critical) >= 2",
    'percent(children where tag = "db": status is down) > 50',
    "percent(children where status is down) > 30",
    "weight(children where status is not up) >= 3",
    'child("payments/api") is down',
    'child("a \\"b\\"") >= degraded',
    "value > 80",
    "value in (10..20)",
    "value not in (10..20)",
    "statusCode in (200, 204)",
    "statusCode not in (200..299, 304)",
    "latency.total > 500ms for 3 checks",
    "statusCode != 204",
    'metrics["disk.used"] >= 0.9',
    "cert.daysLeft < 14",
    "avg(latency.total, 5m) > 300ms",
    "avg(latency.total, last 10) > 300ms",
    "rate(value) > 5",
    "change(value) > 20%",
    "sum(value, 1h) in (5..10)",
    "count(failed, last 5) >= 3",
    "count(value > 80 and exitCode != 0, last 10) >= 3",
    'json["$.checks[0].status"] = "not ok"',
    'json["$.queue"] > 10',
    'header["content-type"] contains "json"',
    "tlsVersion < 1.2",
    "any remaining child is down",
    "count(remaining children where status is down) >= 2",
    "exitCode != 0",
    'body matches /"ok":\\s*true/',
    "body not matches /a\\/b/",
    'message contains "timeout and worse"',
    'message not contains "all good"',
    "outcome is down",
    "cause in (timeout, dns)",
    'message = "two words"',
    "age > 30m",
    "hour in 22..6",
    "day in (sat, sun)",
    'during "mon-fri 08:00-18:00"',
    'not during "mon-fri 08:00-18:00"',
  ])("is shown with fields and printed as it was: %s", (text) => {
    expect(readClause(text).kind).not.toBe("text");
    expect(printClause(readClause(text))).toBe(text);
  });

  it.each([
    ["any child is at least critical", "any child >= critical"],
    ['any child where name is "a" is down', 'any child where name = "a" is down'],
    ["statusCode in {200, 204}", "statusCode in (200, 204)"],
    ["value  >  80", "value > 80"],
    ['message = "timeout"', "message is timeout"],
    ["value between 5 and 10", "value in (5..10)"],
    ["latency.total outside 5ms and 10ms", "latency.total not in (5ms..10ms)"],
    ["day in (fri..mon)", "day in (fri, sat, sun, mon)"],
    ["day is not sat", "day not in (sat)"],
    ["httpVersion is 2", "httpVersion = 2"],
    ["hour in 22", "hour in 22..22"],
    ['header("server") is nginx', 'header("server") is nginx'],
  ])("may be written otherwise: %s is %s", (text, means) => {
    expect(printClause(readClause(text))).toBe(means);
  });

  it.each(["value", "message sounds like trouble", "(value > 3", "count(children) > 2"])(
    "that no field can show stays text, untouched: %s",
    (text) => {
      expect(readClause(text)).toEqual({ kind: "text", text, checks: 1 });
    },
  );
});

describe("a condition", () => {
  it.each([
    "value > 3 and age < 5m and outcome is up",
    "value > 3 or value < 1",
    "outcome is down and not (hour in 22..6)",
    "(value > 3 or value < 1) and outcome is up",
    "not (value > 3 and value < 9)",
    "(value > 3 or exitCode != 0) for 3 checks",
    "not (value > 3) and (outcome is down or (age > 5m and age < 10m))",
    '(value > 3 or value < 1) or message contains "this and that" or body matches /x or y/',
    'any child where tag = "db" and name = "a" is down and child("b") is up',
    "count(value > 80 and exitCode != 0, last 10) >= 3 and age < 5m",
  ])("keeps its groups: %s", (text) => {
    expect(printCondition(readCondition(text))).toBe(text);
  });

  it("binds `and` tighter than `or`, and says so when it is printed", () => {
    expect(printCondition(readCondition("value > 1 and value < 2 or age > 5m"))).toBe(
      "(value > 1 and value < 2) or age > 5m",
    );
  });

  it("is not cut between the two numbers of a range", () => {
    expect(readCondition("value between 5 and 10 and age < 5m").terms.map((term) => term.kind)).toEqual([
      "number",
      "number",
    ]);
  });

  it("needs no parentheses around one clause", () => {
    expect(printCondition(readCondition("((value > 1))"))).toBe("value > 1");
    expect(printCondition(readCondition("(value > 1) for 2 checks"))).toBe("value > 1 for 2 checks");
  });

  it("lists its clauses in the order in which they are explained", () => {
    const found = clausesOf(readCondition("value > 1 and (age > 5m or not (exitCode = 2))"));
    expect(found.map(printClause)).toEqual(["value > 1", "age > 5m", "exitCode = 2"]);
  });
});
