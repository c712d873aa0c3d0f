import { graphlib, layout } from "@dagrejs/dagre";
import { type Asked, cardHeight, cardWidth, type Placed } from "./shape";

interface Point {
  x: number;
  y: number;
}

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
  // A line leaves at the side that the children are on, however far up or down they stand.
  const side = (id: string, end: 1 | -1) => {
    const { x, y } = graph.node(id) as Point;
    return upright ? { x, y: y + (end * cardHeight) / 2 } : { x: x + (end * cardWidth) / 2, y };
  };
  const lines = edges.map(({ parentId, childId }) => {
    const { points } = graph.edge(parentId, childId) as { points: Point[] };
    // Between neighbours there is nothing to go around.
    const around = points.length > 3 ? points.slice(1, -1) : [];
    return { parentId, childId, points: [side(parentId, 1), ...around, side(childId, -1)] };
  });
  return { upright, width, height, cards, lines };
}
