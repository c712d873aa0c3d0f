import type { QueryClient } from "@tanstack/react-query";
import type { NodeView, TransitionView, TreeNode } from "../api/model";
import { keys } from "../api/queries";
import { shared } from "../api/sharing";
import { type Changes, patchNode, patchTrees } from "./patch";

/** Longer than the answer to any reading is under way. */
const keptMs = 30_000;

/**
 * Changes that may be newer than an answer which is still under way: it was made before them and arrives after them, so what it says of
 * those nodes is over. It says of which position it is, and what is newer is applied to it again.
 */
export class Newer {
  private last = new Map<string, TransitionView>();
  private before: Changes = new Map();
  private turnedAt = 0;

  constructor(private readonly client: QueryClient) {}

  note(batch: readonly TransitionView[], now = Date.now()) {
    if (now - this.turnedAt > keptMs) {
      this.before = now - this.turnedAt > 2 * keptMs ? new Map() : this.last;
      this.last = new Map();
      this.turnedAt = now;
    }
    for (const change of batch) this.last.set(change.nodeId, change);
  }

  /** Until the returned function is called. */
  watch(): () => void {
    return this.client.getQueryCache().subscribe((told) => {
      if (told.type !== "updated" || told.action.type !== "success" || told.action.manual) return;
      const [kind] = told.query.queryKey;
      if (kind === keys.trees[0]) this.renewTrees();
      if (kind === "node") this.renewNode(told.query.queryKey);
    });
  }

  private renewTrees() {
    const trees = this.client.getQueryData<TreeNode[]>(keys.trees) ?? [];
    const newer = this.since(Math.min(...trees.map(({ position }) => position)));
    if (newer.size > 0) this.client.setQueryData(keys.trees, shared(patchTrees(trees, newer)));
  }

  private renewNode(queryKey: readonly unknown[]) {
    const node = this.client.getQueryData<NodeView>(queryKey);
    const newer = node && this.since(node.position);
    if (newer && newer.size > 0) this.client.setQueryData(queryKey, patchNode(node, newer));
  }

  private since(position: number): Changes {
    const newer = [...this.before, ...this.last].filter(([, change]) => change.position > position);
    return new Map(newer);
  }
}
