import { expect, it } from "vitest";
import { printContribution, readContribution } from "./contribution";

it.each(["as-is", "raise 2", "lower 1", "cap degraded", "fixed up", "ignore", "map degraded=up,critical=down"])(
  "the contribution %s is shown with fields and written as it was",
  (text) => {
    expect(printContribution(readContribution(text))).toBe(text);
  },
);

it("a map that maps nothing is no map", () => {
  expect(printContribution({ ...readContribution("as-is"), kind: "map" })).toBe("as-is");
});
