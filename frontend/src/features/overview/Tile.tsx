import { t } from "@texts/overview";
import { memo } from "react";
import type { NodeHistory, TreeNode } from "../../api/model";
import { StatusShape } from "../../live/Status";
import { sizeOf } from "../../live/tree";
import { counted, latency } from "../../util/number";
import { paths } from "../../util/paths";
import { look } from "../../util/status";
import { age } from "../../util/time";

interface Props {
  node: TreeNode;
  history: NodeHistory | undefined;
  now: number;
}

/** Colour fills what is bad, tints what is wrong, and leaves the rest alone. */
export function fillOf(status: string): string {
  const { severity, problem } = look(status);
  if (!problem || severity === null || status === "unknown") return "";
  return severity >= 30 ? " fill" : " tint";
}

/** A node as an area: its shape, its name, and the one thing that matters about it. */
export const Tile = memo(function Tile({ node, history, now }: Props) {
  return (
    <a
      className={`tile s-${look(node.status).tone}${fillOf(node.status)}`}
      href={paths.node(node.id)}
      data-node={node.id}
      title={`${node.name}, ${node.status}${node.statusReason ? `: ${node.statusReason}` : ""}`}
    >
      <span className="h">
        <StatusShape name={node.status} size="md" label />
        <span className="ell">{node.name}</span>
      </span>
      <span className="sub ell">{said(node, history, now)}</span>
    </a>
  );
});

function said(node: TreeNode, history: NodeHistory | undefined, now: number): string {
  const calm = node.status === "up";
  const since = age(now - Date.parse(node.since));
  if (node.children.length > 0) {
    const inside = counted(sizeOf(node) - 1, t.nodes);
    return calm ? inside : `${node.status} · ${inside}`;
  }
  if (!calm) return `${node.status} · ${since}`;
  return history?.p95 == null ? since : latency(history.p95);
}
