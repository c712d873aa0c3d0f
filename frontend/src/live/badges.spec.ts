import { expect, it } from "vitest";
import { badgesOf } from "./Badges";

it("a node that nobody marked has no badge", () => {
  expect(badgesOf({})).toEqual([]);
});

it("each mark says who, until when and why", () => {
  const badges = badgesOf({
    acknowledged: { by: "Ida", reason: "calling the provider", at: "2026-11-21T10:00:00Z", until: null },
    manual: { status: "up", by: null, reason: null, at: "2026-11-21T10:00:00Z", until: null },
    flapping: true,
    suppressedBy: ["a", "b"],
  });
  expect(badges.map((badge) => badge.word)).toEqual(["by hand", "acknowledged", "flapping", "suppressed"]);
  expect(badges[0]?.told).toBe("Set to up by hand");
  expect(badges[1]?.told).toMatch(/^Acknowledged by Ida at .*: calling the provider$/);
  expect(badges[3]?.told).toBe("Nobody is told: 2 nodes that it depends on have a problem");
});
