import { describe, expect, it } from "vitest";
import { columnsOf, dayKey, dayOf, daysOf, onDay, placeIn, stepFrom } from "./calendar";

const local = (day: number, hour = 0) => new Date(2026, 10, day, hour).toISOString();
const span = (fromDay: number, fromHour: number, toDay: number, toHour: number) => ({
  from: local(fromDay, fromHour),
  to: local(toDay, toHour),
});

describe("the calendar", () => {
  it("shows a week from its Monday", () => {
    const days = daysOf("week", dayOf("2026-11-21")).map(dayKey);
    expect([days[0], days.at(-1), days.length]).toEqual(["2026-11-16", "2026-11-22", 7]);
  });

  it("shows whole weeks around a month", () => {
    const days = daysOf("month", dayOf("2026-11-21")).map(dayKey);
    expect([days[0], days.at(-1), days.length]).toEqual(["2026-10-26", "2026-12-06", 42]);
    expect(daysOf("month", dayOf("2027-02-10"))).toHaveLength(28);
  });

  it("steps by its own length, over the end of a year", () => {
    expect(dayKey(stepFrom("month", dayOf("2026-12-31"), 1))).toBe("2027-01-01");
    expect(dayKey(stepFrom("week", dayOf("2027-01-01"), -1))).toBe("2026-12-25");
  });

  it("shows a window over midnight on both days", () => {
    const night = span(21, 22, 22, 6);
    expect([20, 21, 22, 23].map((day) => onDay([night], dayOf(`2026-11-${day}`)).length)).toEqual([0, 1, 1, 0]);
    expect(placeIn(night, dayOf("2026-11-22"))).toEqual({ top: 0, height: 0.25 });
  });

  it("puts windows that overlap beside each other", () => {
    const spans = [span(21, 1, 21, 4), span(21, 2, 21, 3), span(21, 4, 21, 5)];
    expect(columnsOf(spans).map((c) => c.column)).toEqual([0, 1, 0]);
  });
});
