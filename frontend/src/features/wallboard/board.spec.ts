import { expect, it } from "vitest";
import type { TreeNode } from "../../api/model";
import { boardsOf, pagesOf } from "./board";
import { spread } from "./useRoom";

const node = (name: string, status: string, children: TreeNode[] = []) =>
  ({ id: name, name, status, children }) as unknown as TreeNode;
const card = node("card", "down");
const shop = node("shop", "degraded", [node("pay", "down", [card, node("bank", "up")]), node("mail", "up"), card]);
const names = (room: number) =>
  boardsOf([node("office", "up"), shop], room).map(({ tiles }) => tiles.map((t) => t.name));

it("a wall shows the worst hierarchy first, and of each its leaves, worst first and once", () => {
  expect(names(10)).toEqual([["card", "bank", "mail"], ["office"]]);
});

it("no problem is left out for want of room, and what is left out is counted", () => {
  expect(names(0)).toEqual([["card"], []]);
  expect(boardsOf([shop], 2)[0]?.more).toBe(1);
});

it("more than fits is shown screenful by screenful, and nothing twice", () => {
  const fleet = node(
    "fleet",
    "down",
    Array.from({ length: 25 }, (_, i) => node(`device-${i}`, "down")),
  );
  const pages = pagesOf([fleet, node("office", "up")], 10);
  expect(pages.map((page) => [page.root.name, page.part, page.parts, page.tiles.length])).toEqual([
    ["fleet", 1, 3, 10],
    ["fleet", 2, 3, 10],
    ["fleet", 3, 3, 5],
    ["office", 1, 1, 1],
  ]);
});

it("few tiles are drawn larger, and what fills the wall as small as can be read", () => {
  expect(spread(1, 1900, 900)).toEqual({ columns: 1, scale: 2 });
  const some = spread(14, 1900, 900);
  expect(some.scale).toBeGreaterThan(1.2);
  expect(Math.ceil(14 / some.columns) * (116 * some.scale + 12) - 12).toBeLessThanOrEqual(900.001);
  expect(spread(42, 1900, 884)).toEqual({ columns: 6, scale: 1 });
  expect(spread(3, 320, 600).columns).toBe(1);
});
