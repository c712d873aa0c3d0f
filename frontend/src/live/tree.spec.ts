import { describe, expect, it } from "vitest";
import type { TreeNode } from "../api/model";
import { patchTrees } from "./patch";
import { allNodes, countNodes } from "./places";
import { countByStatus, rootCauses, sizeOf } from "./tree";

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
    expect(rootCauses([shop], 3)).toMatchObject({
      worst: [{ node: { name: "db" } }, { node: { name: "api" } }],
      count: 2,
    });
  });

  it("name their parent and count what they explain", () => {
    expect(rootCauses([shop], 3).worst[0]).toMatchObject({ affects: 2, parent: { name: "payments" } });
  });

  it("under several parents are one, and explain all of them", () => {
    const db = node("db", "down");
    const { worst, count } = rootCauses([node("a", "down", [db]), node("b", "critical", [db])], 3);
    expect(count).toBe(1);
    expect(worst[0]?.affects).toBe(2);
  });

  it("are told of the worst and the newest first, and counted", () => {
    const leaves = ["a", "b", "c", "d", "e"].map((id, i) =>
      node(id, id === "d" ? "down" : "degraded", [], `2026-11-21T08:0${i}:00Z`),
    );
    const { worst, count } = rootCauses([node("top", "down", leaves)], 3);
    expect(worst.map(({ node: { name } }) => name)).toEqual(["d", "e", "c"]);
    expect(count).toBe(5);
  });

  it("include a group that is bad although its children are well", () => {
    const { worst } = rootCauses([node("night", "degraded", [node("job", "up")])], 3);
    expect(worst.map(({ node: { name } }) => name)).toEqual(["night"]);
  });
});

it("a node under two parents is counted once, and for each where it stands", () => {
  const trees = ["a", "b"].map((id) => node(id, "up", [node("db", "down")]));
  expect(allNodes(trees).size).toBe(3);
  expect(Object.fromEntries(countByStatus(trees))).toEqual({ up: 2, down: 1 });
  expect(trees.map(sizeOf)).toEqual([2, 2]);
});

const change = (nodeId: string, to: string) => ({
  nodeId,
  nodeName: nodeId,
  from: "up",
  to,
  at: "2026-11-21T09:00:00Z",
  reason: "",
  recordedAt: "2026-11-21T09:00:00Z",
  position: 2,
});

it("what is known of trees is kept up with each change, as if it were worked out anew", () => {
  const shared = () => node("s", "up", [node("x", "up"), node("y", "down")]);
  let trees = [node("a", "up", [node("b", "up", [node("c", "up"), shared()]), node("e", "paused")]), shared()];
  const statuses = ["up", "down", "degraded", "paused"];
  const ids = ["a", "b", "c", "s", "x", "y", "e", "nobody"];
  for (let i = 0; i < 200; i++) {
    const [one, other] = [ids[(i * 5) % ids.length] as string, ids[(i * 3 + 1) % ids.length] as string];
    const to = statuses[(i * 7 + (i >> 2)) % statuses.length] as string;
    trees = patchTrees(trees, new Map([one, other].map((id) => [id, change(id, to)])));
    const anew = structuredClone(trees);
    expect(Object.fromEntries(countByStatus(trees))).toEqual(Object.fromEntries(countByStatus(anew)));
    expect(rootCauses(trees, 9)).toEqual(rootCauses(anew, 9));
    expect(countNodes(trees)).toBe(countNodes(anew));
    expect(trees.map(sizeOf)).toEqual(anew.map(sizeOf));
    for (const id of ids) expect(allNodes(trees).get(id)).toEqual(allNodes(anew).get(id));
  }
});
