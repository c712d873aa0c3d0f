import { graphlib, layout } from "@dagrejs/dagre";
import { type Asked, cardHeight, cardWidth, type Placed } from "./shape";

/** From left to right by generations; edges that decide are kept short and straight. */
export function place({ nodes, edges, upright }: Asked): Placed {
  const graph = new graphlib.Graph();
  graph.setGraph({
    rankdir: upright ? "TB" : "LR",
    nodesep: 10,
    ranksep: upright ? 32 : 72,
    edgesep: 6,
    marginx: 16,
    marginy: 48,
  });
  graph.setDefaultEdgeLabel(() => ({}));
  for (const { id } of nodes) graph.setNode(id, { width: cardWidth, height: cardHeight });
  for (const { parentId, childId, decides } of edges)
    graph.setEdge(parentId, childId, { weight: decides ? 4 : 1, minlen: 1 });
  layout(graph);
  const { width = 0, height = 0 } = graph.graph();
  const cards: Placed["cards"] = {};
  for (const { id } of nodes) {
    const { x, y } = graph.node(id) as { x: number; y: number };
    cards[id] = { x: x - cardWidth / 2, y: y - cardHeight / 2 };
  }
  const lines = edges.map(({ parentId, childId }) => ({
    parentId,
    childId,
    points: (graph.edge(parentId, childId) as { points: { x: number; y: number }[] }).points,
  }));
  return { width, height, cards, lines };
}
