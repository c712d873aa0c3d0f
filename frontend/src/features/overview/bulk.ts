import { changeNode } from "../../api/commands";
import { createWindow, deleteWindow } from "../../api/maintenance";
import type { TreeNode } from "../../api/model";
import { eachOf } from "../../live/eachOf";

type Undo = () => Promise<unknown>;

/** Pauses, or resumes, those that are not so already. */
export const pauseAll = (nodes: readonly TreeNode[], paused: boolean, reason?: string): Promise<Undo> =>
  eachOf(
    nodes.filter((node) => node.paused !== paused),
    async ({ id }) => {
      await changeNode(id, { paused, ...(reason ? { reason } : {}) });
      return () => changeNode(id, { paused: !paused });
    },
  );

/** Their tags afterwards; undefined for one that has them already. */
export function retagged(node: TreeNode, add: readonly string[], remove: readonly string[]): string[] | undefined {
  const tags = [...new Set([...node.tags.filter((tag) => !remove.includes(tag)), ...add])];
  return tags.length === node.tags.length && tags.every((tag) => node.tags.includes(tag)) ? undefined : tags;
}

export const tagAll = (nodes: readonly TreeNode[], add: readonly string[], remove: readonly string[]): Promise<Undo> =>
  eachOf(
    nodes.filter((node) => retagged(node, add, remove)),
    async (node) => {
      await changeNode(node.id, { tags: retagged(node, add, remove) ?? node.tags });
      return () => changeNode(node.id, { tags: node.tags });
    },
  );

/** One window over all of them, from now on. */
export async function maintainAll(
  nodes: readonly TreeNode[],
  name: string,
  hours: number,
  reason: string,
): Promise<Undo> {
  const now = Date.now();
  const { id } = await createWindow({
    name,
    nodeIds: nodes.map((node) => node.id),
    ...(reason ? { reason } : {}),
    schedule: {
      kind: "fixed",
      from: new Date(now).toISOString(),
      to: new Date(now + hours * 3_600_000).toISOString(),
    },
  });
  return () => deleteWindow(id);
}
