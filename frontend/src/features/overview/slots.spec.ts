import { expect, test } from "vitest";
import { noSlots, rowsInSight, slotsFor } from "./slots";

const settled = slotsFor(["a", "b", "c"], noSlots, true);

test("each row has a slot of its own, in the order of the rows", () => {
  expect([...settled.of]).toEqual([
    ["a", 0],
    ["b", 1],
    ["c", 2],
  ]);
  expect(settled.order).toEqual([0, 1, 2]);
});

test("while it scrolls a row takes the place of one that left, and nothing else moves", () => {
  const { of, order } = slotsFor(["b", "c", "d"], settled, false);
  expect(of.get("b")).toBe(1);
  expect(of.get("d")).toBe(0);
  expect(order).toEqual([0, 1, 2]);
});

test("once it has settled the elements stand in the order of the rows", () => {
  const moving = slotsFor(["b", "c", "d"], settled, false);
  expect(slotsFor(["b", "c", "d"], moving, true)).toEqual({ of: moving.of, order: [1, 2, 0] });
});

test("more rows take new slots, fewer leave some", () => {
  const more = slotsFor(["a", "b", "c", "d"], settled, false);
  expect(more.of.get("d")).toBe(3);
  expect(more.order).toEqual([0, 1, 2, 3]);
  expect(slotsFor(["c"], more, false)).toEqual({ of: new Map([["c", 2]]), order: [2] });
});

test("as many rows are drawn wherever it is scrolled to, and no more than there are", () => {
  expect(rowsInSight(0, 3, 100, 1)).toEqual([0, 1, 2, 3, 4, 5]);
  expect(rowsInSight(50, 3, 100, 1)).toEqual([49, 50, 51, 52, 53, 54]);
  expect(rowsInSight(99, 3, 100, 1)).toEqual([94, 95, 96, 97, 98, 99]);
  expect(rowsInSight(7, 3, 2, 1)).toEqual([0, 1]);
});
