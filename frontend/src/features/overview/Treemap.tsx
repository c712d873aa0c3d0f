import { useElementSize, useMediaQuery } from "@mantine/hooks";
import { t } from "@texts/overview";
import { useMemo } from "react";
import type { TreeNode } from "../../api/model";
import { StatusShape } from "../../live/Status";
import { paths } from "../../util/paths";
import { useNow } from "../../util/useNow";
import { type Filter, matcher } from "./rows";
import { Tile } from "./Tile";
import Tiles from "./Tiles";
import "./tiles.css";
import { areasOf } from "./treemap";
import type { Histories } from "./useHistories";
import { useNodeLinks } from "./useNodeLinks";

interface Props {
  trees: readonly TreeNode[];
  filter: Filter;
  history: Histories;
}

const least = 420;

/** The nodes as areas of their weight. On a phone there is no room for areas: it is the even grid. */
export default function Treemap(props: Props) {
  const phone = useMediaQuery("(max-width: 720px)") ?? false;
  return phone ? <Tiles {...props} /> : <Areas {...props} />;
}

function Areas({ trees, filter, history }: Props) {
  const { ref, width } = useElementSize();
  const now = useNow(10_000);
  const links = useNodeLinks();
  const height = Math.max(least, window.innerHeight - 250);
  const areas = useMemo(() => areasOf(trees, matcher(filter), [width, height]), [trees, filter, width, height]);
  return (
    <section className="treemap" aria-label={t.nodesByWeight} {...links}>
      <p className="t3 small legend">
        <span>{t.areaIsWeight}</span>
        <span>{t.filledDownOrCritical}</span>
        <span>{t.tintedDegradedOrExpired}</span>
      </p>
      <div ref={ref} className="tmap" style={{ height }}>
        {areas.map(({ node, key, group, x, y, width, height }) => (
          <div
            key={key}
            className={`${width < 72 ? "narrow " : ""}${height < 44 ? "low" : ""}`}
            style={{ transform: `translate(${x}px, ${y}px)`, width, height }}
          >
            {group ? (
              <a className="grpname" href={paths.node(node.id)} data-node={node.id}>
                <StatusShape name={node.status} size="md" label />
                <span className="ell">{node.name}</span>
              </a>
            ) : (
              <Tile node={node} history={history.get(node.id)} now={now} />
            )}
          </div>
        ))}
      </div>
    </section>
  );
}
