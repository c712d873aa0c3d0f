import { expect, it } from "vitest";
import { shareOf, worstOf } from "./Beats";

const at = "2026-11-21T09:00:00Z";
const bucket = (statuses: Record<string, number>) => ({ at, statuses });

it("a beat is the worst of its bucket, and no data is none", () => {
  expect(worstOf(bucket({ up: 1000, down: 1 }))).toBe("down");
  expect(worstOf(bucket({}))).toBeNull();
});

it("what does not count leaves the denominator", () => {
  const available = new Map([
    ["up", true],
    ["down", false],
    ["maintenance", null],
  ]);
  expect(shareOf([bucket({ up: 750, maintenance: 9000 }), bucket({ down: 250 })], available)).toBe(0.75);
  expect(shareOf([bucket({ maintenance: 9000 })], available)).toBeUndefined();
});
