import { describe, expect, it } from "vitest";
import type { TreeNode } from "../../api/model";
import { nodeAt } from "../../live/places";
import { asksStatus, firstFolds, flatten, noFilter, type Row } from "./rows";

const node = (id: string, status = "up", children: TreeNode[] = [], tags: string[] = []): TreeNode => ({
  id,
  name: id,
  status,
  since: "2026-11-21T09:00:00Z",
  statusReason: null,
  checkId: children.length > 0 ? null : `check-${id}`,
  checkKind: children.length > 0 ? null : "http",
  tags,
  paused: false,
  children,
  position: 1,
});

const shop = node("shop", "down", [
  node("checkout", "up", [node("cart", "up", [], ["eu-1"]), node("basket")]),
  node("payments", "down", [node("card", "down"), node("paypal")]),
]);
const names = (rows: readonly Row[]) => rows.map((row) => row.node.name);

describe("rows of the tree", () => {
  it("stand in order with their depth", () => {
    const rows = flatten([shop], new Set(), noFilter);
    expect(rows.map((row) => `${row.depth} ${row.node.name}`)).toEqual([
      "0 shop",
      "1 checkout",
      "2 cart",
      "2 basket",
      "1 payments",
      "2 card",
      "2 paypal",
    ]);
  });

  it("below a folded group are counted, not shown", () => {
    const rows = flatten([shop], new Set(["shop/checkout"]), noFilter);
    expect(names(rows)).toEqual(["shop", "checkout", "payments", "card", "paypal"]);
    expect(rows[1]).toMatchObject({ expanded: false, below: 2 });
  });

  it("that match come with the way to them, folded or not", () => {
    const rows = flatten([shop], new Set(["shop/checkout"]), { ...noFilter, query: "cart" });
    expect(names(rows)).toEqual(["shop", "checkout", "cart"]);
  });

  it("are found by tag and by kind too", () => {
    expect(names(flatten([shop], new Set(), { ...noFilter, query: "EU-1" }))).toEqual(["shop", "checkout", "cart"]);
    expect(names(flatten([shop], new Set(), { ...noFilter, query: "http paypal" }))).toEqual([
      "shop",
      "payments",
      "paypal",
    ]);
  });

  it("with problems only leave the calm ones out", () => {
    expect(names(flatten([shop], new Set(), { ...noFilter, problemsOnly: true }))).toEqual([
      "shop",
      "payments",
      "card",
    ]);
  });

  it("of one status keep the groups above", () => {
    const rows = flatten([node("a", "up", [node("b", "degraded")])], new Set(), {
      ...noFilter,
      statuses: new Set(["degraded"]),
    });
    expect(names(rows)).toEqual(["a", "b"]);
  });

  it("are none where nothing matches", () => {
    expect(flatten([shop], new Set(), { ...noFilter, query: "paymnts" })).toEqual([]);
  });

  it("stay when a status changes, and tell where to look for it; only a filter that asks for statuses has others", () => {
    const rows = flatten([shop], new Set(["shop/checkout"]), noFilter);
    expect(rows.map(({ place }) => nodeAt([shop], place)?.id)).toEqual(names(rows));
    const found = flatten([shop], new Set(), { ...noFilter, query: "paypal" });
    expect(found.map(({ place }) => nodeAt([shop], place)?.id)).toEqual(["shop", "payments", "paypal"]);
    expect(asksStatus({ ...noFilter, query: "paypal" })).toBe(false);
    expect(asksStatus({ ...noFilter, problemsOnly: true })).toBe(true);
    expect(asksStatus({ ...noFilter, statuses: new Set(["up"]) })).toBe(true);
  });

  it("of a node under two parents have keys of their own", () => {
    const shared = node("db");
    const keys = flatten([node("a", "up", [shared]), node("b", "up", [shared])], new Set(), noFilter).map(
      (row) => row.key,
    );
    expect(new Set(keys).size).toBe(4);
  });
});

it("a hierarchy of thousands starts folded, a small one open", () => {
  const fleet = node(
    "fleet",
    "up",
    Array.from({ length: 400 }, (_, i) => node(`device-${i}`)),
  );
  expect([...firstFolds([shop, fleet])]).toEqual(["fleet"]);
});

it("of a large hierarchy as many levels are open as have room", () => {
  const racks = (site: string) =>
    Array.from({ length: 5 }, (_, i) =>
      node(
        `${site}${i}`,
        "up",
        Array.from({ length: 24 }, (_, host) => node(`${site}${i}-${host}`)),
      ),
    );
  const centre = node(
    "centre",
    "up",
    ["a", "b", "c"].map((site) => node(site, "up", racks(site))),
  );
  const folds = firstFolds([centre]);
  expect(folds.size).toBe(15);
  expect(folds.has("centre/b/b4")).toBe(true);
  expect(flatten([centre], folds, noFilter)).toHaveLength(1 + 3 + 15);
});
