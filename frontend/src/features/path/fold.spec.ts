import { expect, it } from "vitest";
import type { CauseEdge, CauseNode } from "../../api/model";
import { folded } from "./fold";

const node = (id: string, status = "down", rootCause = false) =>
  ({
    id,
    name: id,
    status,
    since: "",
    sentence: "",
    otherProblems: 0,
    otherCalm: 0,
    rootCause,
  }) as unknown as CauseNode;
const edge = (parentId: string, childId: string): CauseEdge => ({ parentId, childId, weight: 1, decides: true });

function centre(hosts: number) {
  const racks = ["a", "b", "c"];
  const leaves = racks.flatMap((rack) => Array.from({ length: hosts }, (_, i) => ({ rack, id: `${rack}${i}` })));
  return {
    nodeId: "root",
    position: 1,
    nodes: [
      node("root"),
      ...racks.map((rack) => node(rack)),
      ...leaves.map(({ id }, i) => node(id, i === 5 ? "down" : "degraded", true)),
    ],
    edges: [...racks.map((rack) => edge("root", rack)), ...leaves.map(({ rack, id }) => edge(rack, id))],
  };
}

it("of a large picture the leaves of a parent are one card, as bad as the worst of them", () => {
  const { nodes, edges } = folded(centre(30), new Set(["b"]));
  expect(nodes.filter((one) => one.opens).map(({ name, opens, status }) => [name, opens, status])).toEqual([
    ["30 root causes", "a", "down"],
    ["30 root causes", "c", "degraded"],
  ]);
  expect(nodes).toHaveLength(4 + 2 + 30);
  expect(edges).toHaveLength(3 + 2 + 30);
  expect(nodes.find((one) => one.opens === "a")?.sentence).toContain("a29");
});

it("a small picture is drawn as it is", () => {
  const view = centre(8);
  expect(folded(view, new Set())).toBe(view);
});
