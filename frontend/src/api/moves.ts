import { queryOptions } from "@tanstack/react-query";
import type { TreeDraft } from "./backtest";
import { linkParent, moveNode, previewMove, unlinkParent } from "./commands";
import type { EdgeDraft, EdgeView, PreviewMoves } from "./model";
import { nodeAt } from "./queries";

/** A node that goes elsewhere, and which parent it leaves; a root leaves none. */
export interface Moved {
  id: string;
  name: string;
  from: string | undefined;
}

export interface Move {
  nodes: readonly Moved[];
  /** Null is the top: a hierarchy of its own. */
  to: string | null;
  /** True adds a parent and leaves the others. */
  keep: boolean;
}

const asked = ({ nodes, to, keep }: Move): PreviewMoves => ({
  nodes: nodes.map(({ id, from }) => ({ nodeId: id, fromParentId: from ?? null })),
  parentId: to,
  keep,
});

/** What would change; asked again with each change of the tree. */
export const moveQuery = (move: Move, position: number) =>
  queryOptions({
    queryKey: ["moves", asked(move), position],
    queryFn: () => previewMove(asked(move)),
    retry: false,
    gcTime: 10_000,
  });

const nothing = async () => {};

/** Moves one node; answers what takes it back where it was. */
export async function moveOne({ id, from }: Moved, { to, keep }: Move): Promise<() => Promise<unknown>> {
  const { parentIds } = await nodeAt(id);
  // Where it stands already no edge is drawn, and taking the move back must not take that one away.
  const already = to !== null && parentIds.includes(to);
  if (keep && to !== null) {
    await linkParent(id, to, {});
    return already ? nothing : () => unlinkParent(id, to);
  }
  const drawn = to !== null && !already;
  // Where no edge is drawn, none keeps how it counted.
  const edge = !drawn && from ? await edgeOf(id, from) : undefined;
  await moveNode(id, { parentId: to, ...(from ? { fromParentId: from } : {}) });
  if (from === (to ?? undefined)) return nothing;
  if (!drawn && from) return () => linkParent(id, from, edge ?? {});
  return () => moveNode(id, { parentId: from ?? null, ...(to ? { fromParentId: to } : {}) });
}

/** What the moves would do to the edges: a backtest's draft. */
export async function edgesOf({ nodes, to, keep }: Move): Promise<TreeDraft> {
  const drafts = await Promise.all(
    nodes.map(async ({ id, from }): Promise<EdgeDraft[]> => {
      const gone = !keep && from ? [{ nodeId: id, parentId: from, remove: true }] : [];
      const { parentIds } = await nodeAt(id);
      if (to === null || parentIds.includes(to)) return to !== null && to === from ? [] : gone;
      const counts = !keep && from ? await edgeOf(id, from) : undefined;
      return [...gone, { nodeId: id, parentId: to, ...counts }];
    }),
  );
  return { edges: drafts.flat() };
}

/** Whether a move leaves everything where it stands. */
export const movesNothing = ({ nodes, to }: Move) => nodes.every(({ from }) => (from ?? null) === to);

async function edgeOf(
  id: string,
  parent: string,
): Promise<Pick<EdgeView, "weight" | "required" | "contribution"> | undefined> {
  const edge = (await nodeAt(parent)).children.find((child) => child.id === id);
  return edge && { weight: edge.weight, required: edge.required, contribution: edge.contribution };
}
