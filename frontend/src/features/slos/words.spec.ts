import { describe, expect, it } from "vitest";
import { amount, budgetState, percent, windowWords } from "./words";

const budget = (left: number, total = 1000) => ({
  met: left >= 0,
  budget: { total, spent: total - left, left, leftPercent: total === 0 ? null : (100 * left) / total },
});

describe("an objective in words", () => {
  it("says the window as people do", () => {
    expect(windowWords({ kind: "rolling", duration: "P30D" })).toBe("the last 30 d");
    expect(windowWords({ kind: "calendar", period: "month", timeZone: "Europe/Berlin" })).toBe(
      "the calendar month, Europe/Berlin",
    );
  });

  it("says an overspent budget with a minus", () => {
    expect(amount(-480_000, "ms")).toBe("−8 min 0 s");
    expect(amount(175, "ms")).toBe("175 ms");
    expect(amount(1, "observations")).toBe("1 observation");
    expect(percent(99.881)).toBe("99.881");
    expect(percent(null)).toBe("–");
  });

  it("sorts the worst budget first and what has none last", () => {
    const states = [budget(900), budget(-5), { met: null, budget: null }, budget(100), budget(-1, 0)].map(budgetState);
    expect(states.toSorted((a, b) => a.order - b.order).map((state) => state.word)).toEqual([
      "exhausted",
      "exhausted",
      "low",
      "fine",
      "no data",
    ]);
  });
});
