import { graphlib, layout } from "@dagrejs/dagre";
import { type Asked, cardHeight, cardWidth, type Placed } from "./shape";

interface Point {
  x: number;
  y: number;
}

/** Leaves of one parent that are too many to stand below each other: one thing to the layout, rows and columns to the eye. */
interface Block {
  parentId: string;
  leaves: string[];
  columns: number;
}

/** So many leaves of one parent still stand apart, each with a line of its own. */
const apart = 6;
const gap = 8;
/** Room for the rail at which the line of a block arrives. */
const rail = 14;

/** From left to right by generations; edges that decide are kept short and straight. */
export function place(asked: Asked): Placed {
  const { nodes, edges, upright } = asked;
  const blocks = blocksOf(asked);
  const inBlock = new Set(blocks.flatMap((block) => block.leaves));
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
  for (const { id } of nodes) if (!inBlock.has(id)) graph.setNode(id, { width: cardWidth, height: cardHeight });
  for (const block of blocks) {
    graph.setNode(blockId(block), sizeOf(block));
    graph.setEdge(block.parentId, blockId(block), { weight: 4, minlen: 1 });
  }
  for (const { parentId, childId, decides } of edges)
    if (!inBlock.has(childId)) graph.setEdge(parentId, childId, { weight: decides ? 4 : 1, minlen: 1 });
  layout(graph);
  const { width = 0, height = 0 } = graph.graph();
  const at = (id: string) => graph.node(id) as Point & { width: number; height: number };
  const cards: Placed["cards"] = {};
  for (const { id } of nodes)
    if (!inBlock.has(id)) cards[id] = { x: at(id).x - cardWidth / 2, y: at(id).y - cardHeight / 2 };
  for (const block of blocks) Object.assign(cards, cardsOf(block, at(blockId(block))));
  // A line leaves at the side that the children are on, however far up or down they stand.
  const side = (id: string, end: 1 | -1) => {
    const { x, y, width: w, height: h } = at(id);
    return upright ? { x, y: y + (end * h) / 2 } : { x: x + (end * w) / 2, y };
  };
  const line = (parentId: string, id: string) => {
    const { points } = graph.edge(parentId, id) as { points: Point[] };
    // Between neighbours there is nothing to go around.
    const around = points.length > 3 ? points.slice(1, -1) : [];
    return [side(parentId, 1), ...around, side(id, -1)];
  };
  const lines = edges
    .filter(({ childId }) => !inBlock.has(childId))
    .map(({ parentId, childId }) => ({ parentId, childId, points: line(parentId, childId) }));
  for (const block of blocks) {
    const [first = "", second = ""] = block.leaves;
    const { parentId } = block;
    lines.push({ parentId, childId: first, points: line(parentId, blockId(block)) });
    lines.push({ parentId, childId: second, points: railOf(at(blockId(block)), upright) });
  }
  return { upright, width, height, cards, lines };
}

const blockId = ({ parentId }: Block) => `${parentId}/leaves`;

function blocksOf({ edges, upright }: Asked): Block[] {
  const parents = new Map<string, number>();
  const above = new Set<string>();
  const children = new Map<string, Asked["edges"][number][]>();
  for (const edge of edges) {
    parents.set(edge.childId, (parents.get(edge.childId) ?? 0) + 1);
    above.add(edge.parentId);
    children.set(edge.parentId, [...(children.get(edge.parentId) ?? []), edge]);
  }
  return [...children].flatMap(([parentId, below]) => {
    const leaves = below
      .filter(({ childId }) => parents.get(childId) === 1 && !above.has(childId))
      // The block's line looks like that of its first two.
      .sort((a, b) => Number(b.decides) - Number(a.decides))
      .map(({ childId }) => childId);
    const columns = upright ? 1 : Math.min(4, Math.ceil(Math.sqrt(leaves.length / 2)));
    return leaves.length > apart ? [{ parentId, leaves, columns }] : [];
  });
}

const sizeOf = ({ leaves, columns }: Block) => ({
  width: rail + columns * (cardWidth + gap) - gap,
  height: rail + Math.ceil(leaves.length / columns) * (cardHeight + gap) - gap,
});

function cardsOf(block: Block, { x, y, width, height }: Point & { width: number; height: number }): Placed["cards"] {
  const { leaves, columns } = block;
  return Object.fromEntries(
    leaves.map((id, i) => [
      id,
      {
        x: x - width / 2 + rail + (i % columns) * (cardWidth + gap),
        y: y - height / 2 + rail + Math.floor(i / columns) * (cardHeight + gap),
      },
    ]),
  );
}

const railOf = ({ x, y, width, height }: Point & { width: number; height: number }, upright: boolean) =>
  upright
    ? [
        { x: x - width / 2, y: y - height / 2 },
        { x: x + width / 2, y: y - height / 2 },
      ]
    : [
        { x: x - width / 2, y: y - height / 2 },
        { x: x - width / 2, y: y + height / 2 },
      ];
