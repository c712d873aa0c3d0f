import { describe, expect, it } from "vitest";
import type { NodeDiff } from "../../api/model";
import { told } from "./WhatDiffers";

const then = {
  name: "Shop",
  path: ["Root", "Shop"],
  parentIds: ["r"],
  checkId: null,
  tags: [],
  paused: false,
  status: "up",
  since: "2026-11-01T00:00:00Z",
  rulesVersion: 1,
};
const node: NodeDiff = {
  nodeId: "n",
  name: "Store",
  changes: [],
  before: then,
  after: { ...then, name: "Store", path: ["Store"], tags: ["eu"], paused: true, rulesVersion: 3 },
};

describe("what differs of a node", () => {
  it("says from what to what", () => {
    expect(told("renamed", node)).toBe("renamed from Shop");
    expect(told("moved", node)).toBe("moved from Root to the top");
    expect(told("tags", node)).toBe("tags none → eu");
    expect(told("paused", node)).toBe("paused");
    expect(told("rules", node)).toBe("rules version 1 → 3");
  });

  it("says only that of a node that is not there at one of them", () => {
    expect(told("removed", { ...node, after: null })).toBe("removed");
  });
});
