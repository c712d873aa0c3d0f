import { describe, expect, it } from "vitest";
import type { NodeView, Overview, TransitionView, TreeNode } from "../api/model";
import { addTransition, patchNode, patchOverview, patchTrees } from "./patch";

const leaf = (id: string, status = "up"): TreeNode => ({
  id,
  name: id,
  status,
  since: "2026-11-21T08:00:00Z",
  statusReason: null,
  checkId: "c",
  checkKind: "http",
  tags: [],
  paused: false,
  children: [],
  position: 1,
});
const group = (id: string, children: TreeNode[]): TreeNode => ({
  ...leaf(id),
  checkId: null,
  checkKind: null,
  children,
});

const change: TransitionView = {
  nodeId: "card",
  nodeName: "Card API",
  from: "up",
  to: "down",
  at: "2026-11-21T09:12:41Z",
  reason: "Connection refused.",
  position: 7,
  recordedAt: "2026-11-21T09:12:41Z",
};

const changes = new Map([[change.nodeId, change]]);

describe("a transition", () => {
  it("colours the node wherever it stands", () => {
    const trees = [group("shop", [leaf("card"), leaf("cart")]), group("fleet", [leaf("card")])];
    const [shop, fleet] = patchTrees(trees, changes);
    expect(shop?.children[0]).toMatchObject({ status: "down", since: change.at, statusReason: "Connection refused." });
    expect(fleet?.children[0]?.status).toBe("down");
    expect(shop?.children[1]?.status).toBe("up");
  });

  it("leaves every other branch the same object, so that nothing else is drawn again", () => {
    const trees = [group("shop", [leaf("card")]), group("fleet", [leaf("device")])];
    const patched = patchTrees(trees, changes);
    expect(patched[1]).toBe(trees[1]);
    expect(patchTrees([trees[1] as TreeNode], changes)[0]).toBe(trees[1]);
  });

  it("of an unknown node changes nothing at all", () => {
    const trees = [group("shop", [leaf("cart")])];
    expect(patchTrees(trees, changes)).toBe(trees);
  });

  it("reaches the page of its parent", () => {
    const edge = {
      id: "card",
      name: "Card API",
      status: "up",
      since: "",
      checkId: null,
      checkKind: null,
      weight: 1,
      required: false,
      contribution: "as-is",
    };
    const parent = { id: "payments", status: "up", children: [edge] } as unknown as NodeView;
    expect(patchNode(parent, changes).children[0]).toMatchObject({ status: "down", since: change.at });
    expect(patchNode(parent, changes).status).toBe("up");
  });

  it("moves only the last bucket of the heartbeat, which keeps the worst", () => {
    const overview = {
      nodes: [{ nodeId: "card", heartbeat: ["up", "degraded", null], response: null, p95: null, uptime: null }],
    } as unknown as Overview;
    const down = patchOverview(overview, [change]);
    expect(down.nodes[0]?.heartbeat).toEqual(["up", "degraded", "down"]);
    const recovered = patchOverview(down, [{ ...change, from: "down", to: "up" }]);
    expect(recovered.nodes[0]?.heartbeat).toEqual(["up", "degraded", "down"]);
  });

  it("that arrives twice is listed once, in the order of the log", () => {
    const later = { ...change, position: 9 };
    expect(addTransition([later], change).map((t) => t.position)).toEqual([7, 9]);
    expect(addTransition([change], change)).toHaveLength(1);
  });
});
