import { describe, expect, it } from "vitest";
import { age, exactAge, isoDuration, parseDuration, readDuration, shortDuration } from "./time";

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

describe("an age", () => {
  it("is told in one unit", () => {
    expect([0, 59_999, minute, 47 * minute + 43_000, 26 * hour, 9 * day].map(age)).toEqual([
      "0 s",
      "59 s",
      "1 min",
      "47 min",
      "26 h",
      "9 d",
    ]);
  });

  it("is told in two where it must be exact", () => {
    expect(exactAge(47 * minute + 43_900)).toBe("47 min 43 s");
    expect(exactAge(3 * day + 5 * hour)).toBe("3 d 5 h");
  });

  it("is never negative, for clocks differ", () => {
    expect(age(-5000)).toBe("0 s");
    expect(exactAge(-5000)).toBe("0 s");
  });
});

describe("a duration", () => {
  it("is read as people write it", () => {
    expect(["5s", "2 min", "1h30m", "500ms", "1.5s"].map(readDuration)).toEqual([5000, 120_000, 5_400_000, 500, 1500]);
  });

  it("is refused where a part makes no sense", () => {
    expect(["", "5", "5 parsecs", "5s or so", "s"].map(readDuration)).toEqual(Array(5).fill(undefined));
  });

  it("survives the way to ISO 8601 and back", () => {
    for (const ms of [0, 500, 5000, 90_000, hour, day + 2 * hour + 1500])
      expect(parseDuration(isoDuration(ms))).toBe(ms);
  });

  it("of months or years has no fixed length and is refused", () => {
    expect(["P1M", "P1Y", "P", "PT", "15s"].map(parseDuration)).toEqual(Array(5).fill(undefined));
  });

  it("is written in the largest unit that needs no fraction", () => {
    expect([90_000, 120_000, day, 1500].map(shortDuration)).toEqual(["90s", "2m", "1d", "1500ms"]);
  });
});
