import { describe, expect, it } from "vitest";
import { changesOf, textOf } from "./changes";

describe("what a change changed", () => {
  it("names each member that differs, and leaves out what stayed", () => {
    expect(changesOf({ name: "Shop", tags: ["a"] }, { name: "Store", tags: ["a"] })).toEqual([
      { name: "name", before: "Shop", after: "Store" },
    ]);
  });

  it("tells what came from nothing and what went", () => {
    expect(changesOf(null, { paused: true })).toEqual([{ name: "paused", before: undefined, after: "true" }]);
    expect(changesOf({ manualStatus: { status: "up" } }, { manualStatus: null })).toEqual([
      { name: "manual status", before: "status: up", after: undefined },
    ]);
  });

  it("writes rules as lines that can be compared", () => {
    const rules = {
      rules: [
        { when: "value > 80", then: "down" },
        { when: "value > 60", then: "degraded" },
      ],
      match: "first",
    };
    expect(textOf(rules)).toBe(
      "rules:\n  - when: value > 80\n    then: down\n  - when: value > 60\n    then: degraded\nmatch: first",
    );
  });
});
