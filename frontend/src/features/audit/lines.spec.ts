import { describe, expect, it } from "vitest";
import type { AuditEntry, TransitionView } from "../../api/model";
import { byDay, linesOf } from "./lines";

const at = (day: number, hour = 12) => new Date(2026, 10, day, hour).toISOString();
const entry = (position: number, when: string) => ({ position, at: when }) as AuditEntry;
const transition = (position: number, when: string) => ({ position, at: when, nodeId: "n" }) as TransitionView;

describe("the lines of the audit", () => {
  it("brings changes and transitions into one order, the newest first", () => {
    const lines = linesOf([entry(5, at(18)), entry(2, at(16))], [transition(4, at(17)), transition(6, at(19))], false);
    expect(lines.map((line) => line.position)).toEqual([6, 5, 4, 2]);
  });

  it("holds transitions back while the changes of their time are not read", () => {
    const lines = linesOf([entry(5, at(18))], [transition(4, at(17)), transition(6, at(19))], true);
    expect(lines.map((line) => line.position)).toEqual([6, 5]);
  });

  it("groups them by day, with the weekday's name", () => {
    const days = byDay(linesOf([entry(5, at(17)), entry(4, at(17, 9)), entry(2, at(16))], [], false));
    expect(days.map(([day, lines]) => [day.split(",")[0], lines.length])).toEqual([
      ["Tuesday", 2],
      ["Monday", 1],
    ]);
  });
});
