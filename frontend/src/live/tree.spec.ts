import { describe, expect, it } from "vitest";
import type { TreeNode } from "../api/model";
import { allNodes, rootCauses } from "./tree";

const node = (id: string, status: string, children: TreeNode[] = [], since = "2026-11-21T08:00:00Z"): TreeNode => ({
  id,
  name: id,
  status,
  since,
  statusReason: null,
  checkId: null,
  checkKind: null,
  tags: [],
  paused: false,
  children,
  position: 1,
});

describe("root causes", () => {
  const shop = node("shop", "down", [
    node("payments", "down", [node("db", "down"), node("paypal", "up")]),
    node("checkout", "degraded", [node("api", "degraded")]),
    node("printers", "paused"),
  ]);

  it("are the problems with no problem below them, worst first", () => {
    expect(rootCauses([shop]).map(({ node: { name } }) => name)).toEqual(["db", "api"]);
  });

  it("name their parent and count what they explain", () => {
    expect(rootCauses([shop])[0]).toMatchObject({ affects: 2, parent: { name: "payments" } });
  });

  it("under several parents are one, and explain all of them", () => {
    const db = node("db", "down");
    const causes = rootCauses([node("a", "down", [db]), node("b", "critical", [db])]);
    expect(causes).toHaveLength(1);
    expect(causes[0]?.affects).toBe(2);
  });

  it("include a group that is bad although its children are well", () => {
    expect(rootCauses([node("night", "degraded", [node("job", "up")])]).map(({ node: { name } }) => name)).toEqual([
      "night",
    ]);
  });
});

it("a node under two parents is counted once", () => {
  const shared = node("db", "up");
  expect(allNodes([node("a", "up", [shared]), node("b", "up", [shared])]).size).toBe(3);
});
