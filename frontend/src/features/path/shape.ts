import type { CauseEdge, CauseNode } from "../../api/model";

export const cardWidth = 216;
export const cardHeight = 52;

/** What a layout needs of a graph: who is there, and who stands below whom. */
export interface Asked {
  nodes: readonly { id: string }[];
  edges: readonly { parentId: string; childId: string; decides: boolean }[];
}

export interface Placed {
  width: number;
  height: number;
  /** The upper left corner of each card. */
  cards: Record<string, { x: number; y: number }>;
  /** The points of each edge, from parent to child. */
  lines: { parentId: string; childId: string; points: { x: number; y: number }[] }[];
}

export const askedOf = (nodes: readonly CauseNode[], edges: readonly CauseEdge[]): Asked => ({
  nodes: nodes.map(({ id }) => ({ id })),
  edges: edges.map(({ parentId, childId, decides }) => ({ parentId, childId, decides: decides === true })),
});

/** A smooth line through the points of an edge. */
export function curve(points: readonly { x: number; y: number }[]): string {
  const [first, ...rest] = points;
  if (!first) return "";
  let d = `M${first.x} ${first.y}`;
  let last = first;
  for (const next of rest) {
    const middle = (last.x + next.x) / 2;
    d += `C${middle} ${last.y} ${middle} ${next.y} ${next.x} ${next.y}`;
    last = next;
  }
  return d;
}
