import { expect, it } from "vitest";
import { gapLine, gapWords } from "./gaps";

it("a gap says when, for how long, and why", () => {
  const gap = { from: "2026-11-21T10:00:00Z", to: "2026-11-21T10:03:00Z", reason: "no_agent", results: null };
  expect(gapLine(gap)).toMatch(/ for 3 min 0 s, no agent was live$/);
  expect(gapLine({ ...gap, reason: "full", results: 7 })).toMatch(/an agent's spool was full, 7 results missing$/);
  expect(gapLine({ ...gap, reason: "full", location: "oslo" })).toMatch(/an agent's spool was full in oslo$/);
  expect(gapLine({ ...gap, reason: "no agent is live in oslo", location: "oslo" })).toMatch(/live in oslo$/);
});

it("a reason of a newer Torch is told in its own word", () => {
  expect(gapWords("power_cut")).toBe("power cut");
});
