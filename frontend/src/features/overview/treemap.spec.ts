import { describe, expect, it } from "vitest";
import type { TreeNode } from "../../api/model";
import { areasOf } from "./treemap";

const node = (id: string, weight?: number, children: TreeNode[] = []): TreeNode =>
  ({
    id,
    name: id,
    status: "up",
    tags: [],
    checkId: null,
    children,
    ...(weight ? { weight } : {}),
  }) as unknown as TreeNode;
const all = () => true;
const size = [800, 600] as const;

describe("a treemap", () => {
  it("divides each group's area by weight", () => {
    const tiles = areasOf([node("shop", undefined, [node("a", 3), node("b")])], all, size).filter((a) => !a.group);
    const area = (id: string) => tiles.filter((t) => t.node.id === id).reduce((s, t) => s + t.width * t.height, 0);
    expect(area("a") / area("b")).toBeCloseTo(3, 1);
  });

  it("keeps what the filter keeps", () => {
    const trees = [node("shop", undefined, [node("a"), node("b")]), node("office", undefined, [node("c")])];
    const shown = areasOf(trees, (n) => n.id === "c", size).map((a) => a.node.id);
    expect(shown).toEqual(["office", "c"]);
  });

  it("of thousands draws groups as one tile each", () => {
    const fleet = Array.from({ length: 60 }, (_, i) =>
      node(
        `group-${i}`,
        undefined,
        Array.from({ length: 50 }, (_, j) => node(`${i}-${j}`)),
      ),
    );
    const areas = areasOf([node("fleet", undefined, fleet)], all, size);
    expect(areas.length).toBeLessThan(400);
    expect(areas.some((a) => a.node.id === "group-59")).toBe(true);
  });
});
