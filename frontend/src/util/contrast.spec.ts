import { expect, it } from "vitest";
import { contrast, hardToSee } from "./contrast";

it("contrast is that of WCAG", () => {
  expect(contrast("#000000", "#ffffff")).toBeCloseTo(21, 5);
  expect(contrast("#777777", "#ffffff")).toBeCloseTo(4.48, 2);
});

it("a colour must stand out in both themes", () => {
  expect(hardToSee("#7a5fd0")).toBeUndefined();
  expect(hardToSee("#ffff00")).toContain("light page");
  expect(hardToSee("#101010")).toContain("dark page");
  expect(hardToSee("purple")).toContain("A colour such as");
});
