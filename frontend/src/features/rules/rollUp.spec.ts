import { expect, it } from "vitest";
import { printRollUp, readRollUp } from "./rollUp";

it.each([
  "worst",
  "2nd worst capped at degraded",
  "11th best",
  "best",
  "all-problem",
  "at-least 2 up",
  "exactly 1 up capped at critical",
  "degraded-unless-all",
  "fixed up",
])("the roll-up %s is shown with fields and printed as it was", (text) => {
  const read = readRollUp(text);
  expect(read && printRollUp(read)).toBe(text);
});

it("a roll-up that the builder does not know is not guessed at", () => {
  expect(readRollUp("mostly fine")).toBeUndefined();
});
