import { expect, it } from "vitest";
import type { TreeNode } from "../../api/model";
import { assume, linesOf, readAssumed, writeAssumed } from "./assumed";

const node = (id: string, children: TreeNode[] = []) =>
  ({ id, name: id, status: "up", children }) as unknown as TreeNode;

it("what is assumed survives the way to the URL and back", () => {
  const assumed = assume(assume(new Map(), "a", "down"), "b", "up");
  expect(readAssumed(writeAssumed(assumed))).toEqual(assumed);
});

it("nothing assumed leaves no trace in the URL", () => {
  expect(writeAssumed(assume(readAssumed("a:down"), "a", undefined))).toBeUndefined();
  expect(readAssumed(undefined).size).toBe(0);
  expect(readAssumed("rubbish,:,x:").size).toBe(0);
});

it("a search keeps what is assumed, and the way to what matches", () => {
  const tree = node("shop", [node("cart"), node("payments", [node("card"), node("paypal")])]);
  expect(linesOf(tree, "card", new Set(["cart"])).map((line) => line.node.id)).toEqual([
    "shop",
    "cart",
    "payments",
    "card",
  ]);
});
