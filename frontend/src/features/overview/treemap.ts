import { hierarchy, treemap } from "d3-hierarchy";
import type { TreeNode } from "../../api/model";

/** A rectangle: a tile, or a group's name above what stands in it. */
export interface Area {
  node: TreeNode;
  /** The way from the root, so that a node under two parents has two areas. */
  key: string;
  group: boolean;
  x: number;
  y: number;
  width: number;
  height: number;
}

/** A node that is drawn, with those below it that are drawn too. */
interface Shown {
  node: TreeNode | undefined;
  key: string;
  /** Of its parent's area. */
  share: number;
  children: Shown[];
}

/** More tiles than this are not read: groups of the level that would be too much are one tile each, all of them. */
const most = 240;
/** So few tiles say too little to be left at that. */
const least = 12;

const nameHeight = 24;

/** Areas by weight: each group's is divided among those below it that the filter keeps. */
export function areasOf(
  trees: readonly TreeNode[],
  keeps: (node: TreeNode) => boolean,
  [width, height]: readonly [number, number],
): Area[] {
  const root: Shown = { node: undefined, key: "", share: 1, children: [] };
  expand(root, trees, keeps);
  if (root.children.length === 0) return [];
  let open = root.children;
  let tiles = open.length;
  // Level by level, so that what is large is told of before what is deep.
  while (open.length > 0 && tiles < most) {
    const next: Shown[] = [];
    const more = open.reduce((sum, { node }) => sum + (node?.children.filter(keeps).length ?? 0), 0);
    if (tiles >= least && tiles + more > most) break;
    for (const shown of open) {
      if (!shown.node || shown.node.children.length === 0 || tiles >= most) continue;
      expand(shown, shown.node.children, keeps);
      tiles += Math.max(0, shown.children.length - 1);
      next.push(...shown.children);
    }
    open = next;
  }
  const laid = treemap<Shown>()
    .size([width, height])
    .paddingInner(2)
    .paddingTop((d) => (d.depth > 0 && d.data.children.length > 0 ? nameHeight : 0))
    .round(true)(hierarchy(root, (d) => d.children).sum((d) => (d.children.length > 0 ? 0 : d.share)));
  return laid.descendants().flatMap(({ data, x0, y0, x1, y1 }) => {
    if (!data.node || x1 - x0 < 4 || y1 - y0 < 4) return [];
    const group = data.children.length > 0;
    return {
      node: data.node,
      key: data.key,
      group,
      x: x0,
      y: y0,
      width: x1 - x0,
      height: group ? nameHeight : y1 - y0,
    };
  });
}

function expand(above: Shown, below: readonly TreeNode[], keeps: (node: TreeNode) => boolean) {
  const kept = below.filter((node) => any(node, keeps));
  const sum = kept.reduce((all, node) => all + weightOf(node), 0);
  above.children = kept.map((node) => ({
    node,
    key: above.key ? `${above.key}/${node.id}` : node.id,
    share: (above.share * weightOf(node)) / sum,
    children: [],
  }));
}

const weightOf = (node: TreeNode) => Number(node.weight ?? 1);

const any = (node: TreeNode, keeps: (node: TreeNode) => boolean): boolean =>
  node.children.length > 0 ? node.children.some((child) => any(child, keeps)) : keeps(node);
