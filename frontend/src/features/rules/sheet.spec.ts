import { describe, expect, it } from "vitest";
import { newRule, parseSheet, placeOf, printSheet, sheetOf, toRequest } from "./sheet";

/** As `torch rules show` writes it. */
const sheet = `match worst
roll-up 2nd worst capped at degraded
time zone Europe/Berlin
attempts 3
for 1m
recovery attempts 2
recovery for 90s
hold down 5m
flapping 40 20
when any child is down then down
when count(children where status >= critical) >= 2 and hour in 6..23, 3 times in a row, for 2m then down as "Two by day"
when percent(children where tag = "db": status is down) > 50, 2 times in a row, then critical as "half"`;

const rulesOf = (text: string) => parseSheet(text).rules.map(({ at: _, ...rule }) => rule);

describe("a sheet of rules", () => {
  it("holds all that a node may have, a line each", () => {
    const { rules, match, rollUp, zone, faults } = parseSheet(sheet);
    expect(faults).toEqual([]);
    expect({ match, rollUp, zone }).toEqual({
      match: "worst",
      rollUp: "2nd worst capped at degraded",
      zone: "Europe/Berlin",
    });
    expect(rules).toHaveLength(3);
    expect(rulesOf(sheet)[1]).toEqual({
      name: "Two by day",
      when: "count(children where status >= critical) >= 2 and hour in 6..23",
      then: "down",
      held: "2m",
      attempts: 3,
    });
  });

  it("is printed as it was read", () => {
    expect(printSheet(parseSheet(sheet))).toBe(sheet);
  });

  it("says nothing of what is not changed", () => {
    expect(printSheet(parseSheet("# nothing\n\nmatch first\nroll-up worst"))).toBe("");
    expect(printSheet({ ...parseSheet(""), rules: [newRule("value > 80")] })).toBe("when value > 80 then down");
  });

  it.each([
    ['when message contains " then down as " for 90s then critical', 'message contains " then down as "', "90s"],
    ["when text matches /so then/ then critical", "text matches /so then/", ""],
    ["when outcome is down for 2 checks for 1d then critical", "outcome is down for 2 checks", "1d"],
    ["when latency.total > 500ms for 3 checks then critical", "latency.total > 500ms for 3 checks", ""],
  ])("finds the verdict of %s", (text, when, held) => {
    expect(rulesOf(text)).toEqual([{ name: "", when, then: "critical", held, attempts: 1 }]);
    expect(printSheet(parseSheet(text))).toBe(text);
  });

  it("keeps a name with quotes in it", () => {
    const text = 'when value > 80 then down as "slow \\"then\\" dead"';
    expect(rulesOf(text)[0]?.name).toBe('slow "then" dead');
    expect(printSheet(parseSheet(text))).toBe(text);
  });

  it("names the line that is wrong and still reads the rest", () => {
    const text =
      "when value > 80\n\nwhen value > 90 then down sometimes\nbecause\nwhen age > 5m for x then up\nmatch best";
    const { rules, faults } = parseSheet(text);
    expect(faults.map((fault) => fault.line)).toEqual([0, 2, 3, 4, 5]);
    expect(rules).toHaveLength(2);
  });

  it("names a patience that cannot be read", () => {
    expect(parseSheet("recovery slowly\nhold down\nflapping often").faults.map((fault) => fault.line)).toEqual([
      0, 1, 2,
    ]);
  });

  it("finds an error of the parser where it stands", () => {
    const second = parseSheet(sheet).rules[1];
    if (!second) throw new Error("the sheet has three rules");
    expect(placeOf(second, 1)).toEqual({ line: 10, column: 5 });
  });

  it("becomes what the API takes, and is shown again as it was", () => {
    const request = toRequest(parseSheet(sheet), "Agreed");
    expect(request).toMatchObject({
      rules: [{ when: "any child is down" }, { name: "Two by day", for: "PT2M", attempts: 3 }, { attempts: 2 }],
      match: "worst",
      rollUp: "2nd worst capped at degraded",
      timing: { attempts: 3, for: "PT1M", recoveryFor: "PT1M30S", flapping: { start: 40, stop: 20 } },
      timeZone: "Europe/Berlin",
      reason: "Agreed",
    });
    expect(sheetOf(request as never)).toBe(sheet);
  });

  it("without patience says nothing of it to the API", () => {
    expect(toRequest(parseSheet("when value > 80 then down"))).not.toHaveProperty("timing");
  });
});
