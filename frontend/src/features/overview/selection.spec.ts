import { describe, expect, it } from "vitest";
import type { TreeNode } from "../../api/model";
import { allNodes } from "../../live/places";
import { flatten, noFilter } from "./rows";
import { between, movedOf, nodesOf, toggled, whyNotOn } from "./selection";

const node = (id: string, children: TreeNode[] = []): TreeNode =>
  ({
    id,
    name: id,
    status: "up",
    tags: [],
    checkId: children.length > 0 || id.startsWith("g") ? null : id,
    children,
  }) as unknown as TreeNode;
const shared = node("db");
const trees = [node("shop", [node("pay", [shared, node("card")]), node("gempty"), node("find", [shared])])];
const nodes = allNodes(trees);
const rows = flatten(trees, new Set(), noFilter);
const row = (key: string) => rows.find((r) => r.key === key) as (typeof rows)[number];

describe("a selection", () => {
  it("toggles a row, and reaches from one to another", () => {
    expect([...toggled(toggled(new Set(), "shop"), "shop")]).toEqual([]);
    expect(between(rows, new Set(), "shop/pay", "shop/pay/card").size).toBe(3);
  });

  it("names a node once, however many rows it has", () => {
    expect(nodesOf(new Set(["shop/pay/db", "shop/find/db", "gone"]), nodes).map((n) => n.id)).toEqual(["db"]);
  });

  it("moves what is at its top, away from the parent that it was taken from", () => {
    expect(movedOf(["shop/pay", "shop/pay/card", "shop/find/db"], nodes)).toEqual([
      { id: "pay", name: "pay", from: "shop" },
      { id: "db", name: "db", from: "find" },
    ]);
  });

  it("can be dropped on groups that do not stand below it", () => {
    expect(whyNotOn(row("shop/gempty"), ["shop/pay/card"])).toBeUndefined();
    expect(whyNotOn(row("shop/pay/card"), ["shop/find/db"])).toContain("leaf");
    expect(whyNotOn(row("shop/pay"), ["shop"])).toContain("below itself");
    expect(whyNotOn(row("shop/pay"), ["shop/pay/card"])).toContain("already");
  });
});
