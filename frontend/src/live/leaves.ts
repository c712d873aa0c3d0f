import type { CheckKind, TreeNode } from "../api/model";

export interface LeafCheck {
  nodeId: string;
  name: string;
  checkId: string;
  kind: CheckKind;
}

/** Every leaf below a node, once. */
export function leavesOf(node: TreeNode | undefined): LeafCheck[] {
  const found = new Map<string, LeafCheck>();
  const visit = (at: TreeNode) => {
    if (at.checkId && !found.has(at.checkId))
      found.set(at.checkId, { nodeId: at.id, name: at.name, checkId: at.checkId, kind: at.checkKind ?? "report" });
    at.children.forEach(visit);
  };
  if (node) visit(node);
  return [...found.values()];
}

/** A probe asks and has latency; reports and heartbeats tell. */
export const isProbe = (kind: CheckKind | null | undefined) =>
  kind != null && kind !== "report" && kind !== "heartbeat";
