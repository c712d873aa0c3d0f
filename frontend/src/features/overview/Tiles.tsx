import { useElementSize, useMediaQuery, useMergedRef } from "@mantine/hooks";
import { useWindowVirtualizer } from "@tanstack/react-virtual";
import { t } from "@texts/overview";
import { useEffect, useMemo, useRef } from "react";
import type { TreeNode } from "../../api/model";
import { StatusShape } from "../../live/Status";
import { Link } from "../../ui/Link";
import { counted } from "../../util/number";
import { paths } from "../../util/paths";
import { useNow } from "../../util/useNow";
import { type Filter, matcher } from "./rows";
import { Tile } from "./Tile";
import "./tiles.css";
import type { Histories } from "./useHistories";
import { useNodeLinks } from "./useNodeLinks";
import { worstFirst } from "./worstFirst";

interface Props {
  trees: readonly TreeNode[];
  filter: Filter;
  history: Histories;
}

type Line = { root: TreeNode; leaves: number } | { tiles: readonly TreeNode[] };

const [headHeight, tileHeight] = [36, 60];

/** Every leaf in an even grid, by hierarchy, worst first; thousands scroll like ten. */
export default function Tiles({ trees, filter, history }: Props) {
  const { ref, width } = useElementSize();
  const phone = useMediaQuery("(max-width: 720px)") ?? false;
  const columns = Math.max(1, phone ? 2 : Math.floor(width / 168));
  const lines = useMemo(() => linesOf(trees, filter, columns), [trees, filter, columns]);
  const now = useNow(10_000);
  const links = useNodeLinks();
  const grid = useRef<HTMLDivElement>(null);
  const measured = useMergedRef(ref, grid);
  const top = grid.current?.offsetTop ?? 0;
  const heightOf = (i: number) => ("root" in (lines[i] as Line) ? headHeight : tileHeight);
  const virtual = useWindowVirtualizer({
    count: lines.length,
    estimateSize: heightOf,
    overscan: 8,
    scrollMargin: top,
  });
  // biome-ignore lint/correctness/useExhaustiveDependencies: lines are measured anew when others stand there
  useEffect(() => virtual.measure(), [lines]);
  return (
    <div className="tiles" {...links}>
      <div ref={measured} className="tilegrid" style={{ height: virtual.getTotalSize() }}>
        {width === 0
          ? null
          : virtual.getVirtualItems().map((item) => {
              const line = lines[item.index] as Line;
              return (
                <div
                  key={item.key}
                  className={"root" in line ? "tilehead" : "tilerow"}
                  style={
                    { transform: `translateY(${item.start - top}px)`, "--columns": columns } as React.CSSProperties
                  }
                >
                  {"root" in line ? (
                    <Head root={line.root} leaves={line.leaves} />
                  ) : (
                    line.tiles.map((node) => (
                      <Tile key={node.id} node={node} history={history.get(node.id)} now={now} />
                    ))
                  )}
                </div>
              );
            })}
      </div>
    </div>
  );
}

function Head({ root, leaves }: { root: TreeNode; leaves: number }) {
  return (
    <h2>
      <StatusShape name={root.status} label />
      <Link to={paths.node(root.id)}>{root.name}</Link>
      <span className="t3 small">{counted(leaves, t.leaves)}</span>
    </h2>
  );
}

function linesOf(trees: readonly TreeNode[], filter: Filter, columns: number): Line[] {
  return worstFirst(trees, matcher(filter)).flatMap((leaves, at) => {
    const root = trees[at];
    if (!root || leaves.length === 0) return [];
    const rows = Math.ceil(leaves.length / columns);
    const tiles = Array.from({ length: rows }, (_, i) => ({ tiles: leaves.slice(i * columns, (i + 1) * columns) }));
    return [{ root, leaves: leaves.length }, ...tiles];
  });
}
