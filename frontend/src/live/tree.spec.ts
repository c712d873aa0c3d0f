import { describe, expect, it } from "vitest";
import type { TreeNode } from "../api/model";
import { patchTrees } from "./patch";
import { allNodes, countByStatus, countNodes, reshaped, rootCauses, sizeOf } from "./tree";

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

it("a node under two parents is counted once, and for each where it stands", () => {
  const trees = ["a", "b"].map((id) => node(id, "up", [node("db", "down")]));
  expect(allNodes(trees).size).toBe(3);
  expect(Object.fromEntries(countByStatus(trees))).toEqual({ up: 2, down: 1 });
  expect(trees.map(sizeOf)).toEqual([2, 2]);
});

it("what changed is counted anew, also where only its number is known", () => {
  const trees = [node("a", "up", [node("b", "up", [node("c", "up"), node("d", "up")]), node("e", "up")])];
  expect(countNodes(trees)).toBe(5);
  const change = {
    nodeId: "d",
    nodeName: "d",
    from: "up",
    to: "down",
    at: "2026-11-21T09:00:00Z",
    reason: "",
    recordedAt: "2026-11-21T09:00:00Z",
    position: 2,
  };
  const next = reshaped(patchTrees(trees, new Map([["d", change]])), trees);
  expect(Object.fromEntries(countByStatus(next))).toEqual({ up: 4, down: 1 });
  expect(countNodes(next)).toBe(5);
  expect(rootCauses(next).map((problem) => problem.node.id)).toEqual(["d"]);
});
