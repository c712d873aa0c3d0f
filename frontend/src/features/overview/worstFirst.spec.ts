import { describe, expect, it } from "vitest";
import type { TreeNode } from "../../api/model";
import { keepPlaces } from "../../live/places";
import { worstFirst } from "./worstFirst";

const node = (name: string, status = "up", children: TreeNode[] = []) =>
  ({ id: name, name, status, children }) as unknown as TreeNode;

const names = (trees: TreeNode[], keeps: (node: TreeNode) => boolean = () => true) =>
  worstFirst(trees, keeps).map((leaves) => leaves.map(({ name }) => name));

describe("worstFirst", () => {
  it("tells each tree's leaves, what is worse before what is better, and else by name", () => {
    const shop = node("shop", "down", [node("web"), node("db", "down"), node("api"), node("cache", "degraded")]);
    expect(names([shop, node("alone")])).toEqual([["db", "cache", "api", "web"], ["alone"]]);
  });

  it("tells a leaf below two groups once, and none that the filter drops", () => {
    const shared = node("db");
    const shop = node("shop", "up", [node("a", "up", [shared, node("x", "down")]), node("b", "up", [shared])]);
    expect(names([shop])).toEqual([["x", "db"]]);
    expect(names([shop], ({ status }) => status === "up")).toEqual([["db"]]);
  });

  it("follows statuses where nothing moves", () => {
    const before = [node("shop", "up", [node("a"), node("b")])];
    expect(names(before)).toEqual([["a", "b"]]);
    const after = [node("shop", "down", [node("a"), node("b", "down")])];
    keepPlaces(after, before);
    expect(names(after)).toEqual([["b", "a"]]);
  });
});
