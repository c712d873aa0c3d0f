import { describe, expect, it } from "vitest";
import { builtInStatuses, byWorst, defineStatuses, isProblem, look, worseOf } from "./status";

describe("statuses", () => {
  it("each have a shape of their own, so that colour is never the only sign", () => {
    const shapes = builtInStatuses.map((status) => look(status).shape);
    expect(new Set(shapes).size).toBe(builtInStatuses.length);
  });

  it("are listed worst first", () => {
    expect(["up", "paused", "down", "degraded", "critical"].sort(byWorst)).toEqual([
      "down",
      "critical",
      "degraded",
      "up",
      "paused",
    ]);
  });

  it("stand taller the worse they are", () => {
    const severe = ["up", "degraded", "critical", "down"].map((status) => look(status).height);
    expect(severe).toEqual([...severe].sort((a, b) => a - b));
  });

  it("of a workspace keep their own word and borrow a look", () => {
    expect(look("flooded").shape).toBe("ring");
  });

  it("that a person set aside are no problem", () => {
    expect(builtInStatuses.filter((status) => !isProblem(status))).toEqual(["up", "maintenance", "paused"]);
  });

  it("keep the worse of two", () => {
    expect(worseOf("up", "down")).toBe("down");
    expect(worseOf("degraded", "up")).toBe("degraded");
  });

  it("that a workspace made its own stand behind those of their severity", () => {
    defineStatuses([
      { name: "flooded", severity: 35, shape: "diamond" },
      { name: "down", severity: 0, shape: "circle" },
    ]);
    expect(look("flooded")).toMatchObject({ shape: "diamond", tone: "flooded", severity: 35, problem: true });
    expect(["up", "flooded", "critical", "down"].sort(byWorst)).toEqual(["down", "critical", "flooded", "up"]);
    expect(look("down").severity).toBe(40);
    defineStatuses([]);
  });
});
