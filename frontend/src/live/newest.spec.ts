import { expect, it } from "vitest";
import type { NodeObservations, ObservationView, TreeNode } from "../api/model";
import { withNewest } from "./newest";

const leaf = (id: string) => ({ id, name: `leaf ${id}`, checkId: id, children: [] }) as unknown as TreeNode;
const group = { id: "g", name: "group", children: [leaf("a"), leaf("b")] } as unknown as TreeNode;
const seen = (position: number, second: number) =>
  ({ position, at: `2026-11-21T08:00:0${second}Z` }) as unknown as ObservationView;
const known = {
  items: [{ nodeId: "a", nodeName: "leaf a", checkId: "a", observation: seen(1, 1) }],
  position: 1,
} as NodeObservations;
const positions = ({ items }: NodeObservations) => items.map(({ observation }) => observation.position);

it("what checks below a node observed comes first, each check once", () => {
  const next = withNewest(known, group, new Map([["b", seen(2, 2)]]));
  expect(positions(next)).toEqual([2, 1]);
  expect(next.items[0]?.nodeName).toBe("leaf b");
  expect(positions(withNewest(next, group, new Map([["a", seen(3, 3)]])))).toEqual([3, 2]);
});

it("what came late is not the newest", () => {
  expect(positions(withNewest(known, group, new Map([["a", seen(2, 0)]])))).toEqual([1]);
});

it("what stands elsewhere changes nothing", () => {
  expect(withNewest(known, group, new Map([["c", seen(2, 2)]]))).toBe(known);
  expect(withNewest(known, undefined, new Map([["a", seen(2, 2)]]))).toBe(known);
});
