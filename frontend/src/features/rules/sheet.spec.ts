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
    expect(printSheet({ rules: [newRule("value > 80")], rollUp: "worst" }, true)).toBe("when value > 80\n  then down");
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
});
