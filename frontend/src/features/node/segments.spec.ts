import { describe, expect, it } from "vitest";
import type { TransitionView } from "../../api/model";
import { segmentsOf } from "./segments";

const at = (hour: number) => Date.UTC(2026, 10, 21, hour);
const change = (hour: number, from: string, to: string): TransitionView => ({
  nodeId: "n",
  nodeName: "n",
  from,
  to,
  at: new Date(at(hour)).toISOString(),
  reason: null,
  position: hour,
  recordedAt: new Date(hour * 3_600_000).toISOString(),
});
const now = (status: string, hour: number) => ({ status, since: new Date(at(hour)).toISOString() });
const told = (segments: ReturnType<typeof segmentsOf>) =>
  segments.map((s) => `${s.status} ${new Date(s.from).getUTCHours()}-${new Date(s.to).getUTCHours()}`);

describe("the timeline", () => {
  it("is one stretch where nothing changed", () => {
    expect(told(segmentsOf([], now("up", 0), at(2), at(10)))).toEqual(["up 2-10"]);
  });

  it("has no data before the node existed", () => {
    expect(told(segmentsOf([], now("up", 6), at(2), at(10)))).toEqual(["up 6-10"]);
  });

  it("goes from change to change", () => {
    const changes = [change(4, "up", "down"), change(5, "down", "up")];
    expect(told(segmentsOf(changes, now("up", 5), at(2), at(10)))).toEqual(["up 2-4", "down 4-5", "up 5-10"]);
  });

  it("claims nothing before the first transition of a new node", () => {
    expect(told(segmentsOf([change(4, "unknown", "up")], now("up", 4), at(2), at(10)))).toEqual(["up 4-10"]);
  });

  it("starts with what held before the window", () => {
    const changes = [change(1, "up", "degraded"), change(4, "degraded", "up")];
    expect(told(segmentsOf(changes, now("up", 4), at(2), at(10)))).toEqual(["degraded 2-4", "up 4-10"]);
  });
});
