import { describe, expect, it } from "vitest";
import { newRule, parseSheet, placeOf, printSheet, toRequest } from "./sheet";

const sheet = `# Everything gone
when all children are down
  then down

# Two serious faults by day
when count(children where status >= critical) >= 2
  and hour in 6..23
  then down for 2m attempts 3

else worst capped at degraded`;

describe("a sheet of rules", () => {
  it("is read rule by rule", () => {
    const { rules, rollUp, faults } = parseSheet(sheet);
    expect(faults).toEqual([]);
    expect(rollUp).toBe("worst capped at degraded");
    expect(rules.map(({ at: _, ...rule }) => rule)).toEqual([
      { name: "Everything gone", when: "all children are down", then: "down", held: "", attempts: 1 },
      {
        name: "Two serious faults by day",
        when: "count(children where status >= critical) >= 2 and hour in 6..23",
        then: "down",
        held: "2m",
        attempts: 3,
      },
    ]);
  });

  it("is printed as it was read", () => {
    expect(printSheet(parseSheet(sheet), false)).toBe(sheet);
  });

  it("may have its verdict on the same line", () => {
    expect(parseSheet("when value > 80 then degraded for 90s").rules[0]).toMatchObject({
      when: "value > 80",
      then: "degraded",
      held: "90s",
    });
  });

  it("of a leaf has no roll-up", () => {
    expect(printSheet({ ...parseSheet(""), rules: [newRule("value > 80")] }, true)).toBe(
      "when value > 80\n  then down",
    );
  });

  it("names the line that is wrong and still reads the rest", () => {
    const { rules, faults } = parseSheet("when value > 80\n\nwhen value > 90\n  then down sometimes\nbecause");
    expect(faults.map((fault) => fault.line)).toEqual([0, 3, 4]);
    expect(rules).toHaveLength(1);
  });

  it("finds an error of the parser on the line where it stands", () => {
    const second = parseSheet(sheet).rules[1];
    if (!second) throw new Error("the sheet has two rules");
    expect(placeOf(second, 1)).toEqual({ line: 5, column: 5 });
    // "count(...) >= 2" is 45 characters; the next line begins after the space that joins them.
    expect(placeOf(second, 47)).toEqual({ line: 6, column: 2 });
  });

  it("becomes what the API takes", () => {
    expect(toRequest(parseSheet(sheet), "first", "Two short faults a month")).toMatchObject({
      rules: [
        { name: "Everything gone", when: "all children are down", then: "down", attempts: 1 },
        { for: "PT2M", attempts: 3 },
      ],
      rollUp: "worst capped at degraded",
      match: "first",
      reason: "Two short faults a month",
    });
  });

  it("says how patient the node is, and in which zone", () => {
    const patient = `when hour in 22..6
  then degraded

else worst

attempts 3
for 1m
recovery attempts 2
recovery for 2m
hold down 5m
flapping 30 25
time zone Europe/Berlin`;
    const draft = parseSheet(patient);
    expect(draft.faults).toEqual([]);
    expect(printSheet(draft, false)).toBe(patient);
    expect(toRequest(draft, "first")).toMatchObject({
      timing: {
        attempts: 3,
        for: "PT1M",
        recoveryAttempts: 2,
        recoveryFor: "PT2M",
        holdDown: "PT5M",
        flapping: { start: 30, stop: 25 },
      },
      timeZone: "Europe/Berlin",
    });
  });

  it("without patience says nothing of it to the API", () => {
    expect(toRequest(parseSheet("when value > 80 then down"), "first")).not.toHaveProperty("timing");
  });

  it("names a patience that cannot be read", () => {
    expect(parseSheet("recovery slowly\nhold down\nflapping often").faults.map((fault) => fault.line)).toEqual([
      0, 1, 2,
    ]);
  });

  it("may be a rule file, with each rule on one line", () => {
    const { rules, rollUp, faults } = parseSheet(`roll-up 2nd worst
when latency.total > 500ms for 3 checks then degraded as "slow"
when value > 80, 3 times in a row, for 5m then degraded`);
    expect(faults).toEqual([]);
    expect(rollUp).toBe("2nd worst");
    expect(rules.map(({ at: _, ...rule }) => rule)).toEqual([
      { name: "slow", when: "latency.total > 500ms for 3 checks", then: "degraded", held: "", attempts: 1 },
      { name: "", when: "value > 80", then: "degraded", held: "5m", attempts: 3 },
    ]);
  });
});
