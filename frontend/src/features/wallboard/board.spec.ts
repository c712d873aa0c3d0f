import { expect, it } from "vitest";
import type { TreeNode } from "../../api/model";
import { boardsOf } from "./board";

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
