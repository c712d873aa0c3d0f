import type { CauseEdge, CauseNode } from "../../api/model";

export const cardWidth = 216;
export const cardHeight = 52;

/** What a layout needs of a graph: who is there, and who stands below whom. */
export interface Asked {
  /** From top to bottom instead of from left to right: for a page that is higher than wide. */
  upright: boolean;
  nodes: readonly { id: string }[];
  edges: readonly { parentId: string; childId: string; decides: boolean }[];
}

export interface Placed {
  upright: boolean;
  width: number;
  height: number;
  /** The upper left corner of each card. */
  cards: Record<string, { x: number; y: number }>;
  /** The points of each edge, from parent to child. */
  lines: { parentId: string; childId: string; points: { x: number; y: number }[] }[];
}

export const askedOf = (nodes: readonly CauseNode[], edges: readonly CauseEdge[], upright: boolean): Asked => ({
  upright,
  nodes: nodes.map(({ id }) => ({ id })),
  edges: edges.map(({ parentId, childId, decides }) => ({ parentId, childId, decides: decides === true })),
});

/** A smooth line through the points of an edge, which leaves and arrives along the way that generations go. */
export function curve(points: readonly { x: number; y: number }[], upright: boolean): string {
  const [first, ...rest] = points;
  if (!first) return "";
  let d = `M${first.x} ${first.y}`;
  let last = first;
  for (const next of rest) {
    const [x, y] = [(last.x + next.x) / 2, (last.y + next.y) / 2];
    d += upright
      ? `C${last.x} ${y} ${next.x} ${y} ${next.x} ${next.y}`
      : `C${x} ${last.y} ${x} ${next.y} ${next.x} ${next.y}`;
    last = next;
  }
  return d;
}
