import { describe, expect, it } from "vitest";
import type { NoticeRuleView } from "../../api/model";
import { badDuration, duration, formOf, missing, summary, toRequest } from "./ruleForm";

const rule: NoticeRuleView = {
  id: "r",
  name: "Night",
  enabled: true,
  nodeIds: ["n"],
  atLeast: "down",
  channelIds: ["c"],
  delay: "PT2M",
  gather: "PT5S",
  escalations: [{ after: "PT15M", channelIds: ["boss"] }],
  repeat: "PT1H",
  recovery: true,
  quiet: { schedule: "daily 22:00-07:00", timeZone: "Europe/Berlin", except: "down" },
  version: 1,
  position: 1,
};

describe("the form of a notice rule", () => {
  it("gives back what it was made of", () => {
    const { id: _, version: __, position: ___, ...request } = rule;
    expect(toRequest(formOf(rule), rule)).toEqual(request);
  });

  it("reads durations as people write them", () => {
    expect(duration("90s")).toBe("PT1M30S");
    expect(duration("")).toBeUndefined();
    expect(badDuration("soon")).toContain("such as 5m");
  });

  it("says what is missing", () => {
    expect(missing(formOf(undefined))).toBe("Give it a name first");
    expect(missing({ ...formOf(rule), channelIds: [] })).toBe("Pick a channel");
    expect(missing(formOf(rule))).toBeUndefined();
  });

  it("is told in a few words", () => {
    expect(summary(rule)).toBe("after 2m, again every 1h, escalates after 15m, quiet daily 22:00-07:00");
  });
});
