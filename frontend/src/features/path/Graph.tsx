import { t } from "@texts/path";
import { memo, useEffect, useRef, useState } from "react";
import type { CauseEdge } from "../../api/model";
import { StatusShape } from "../../live/Status";
import { Button } from "../../ui/Button";
import { Link } from "../../ui/Link";
import { count } from "../../util/number";
import { paths } from "../../util/paths";
import { look } from "../../util/status";
import type { Drawn } from "./fold";
import { cardHeight, cardWidth, curve, type Placed } from "./shape";

const [least, most] = [0.25, 1.5];

interface Props {
  /** The node that is asked about. */
  nodeId: string;
  nodes: readonly Drawn[];
  edges: readonly CauseEdge[];
  placed: Placed;
  /** Shows the leaves of a parent one by one. */
  onOpen: (parentId: string) => void;
  /** One card for the leaves of each parent again; absent where all are. */
  onFold: (() => void) | undefined;
}

/** The smallest at which it is still read at once. */
const legible = 0.75;

/** Cards and lines; it scrolls like any page, and is read larger or smaller. */
export function Graph({ nodeId, nodes: drawn, edges, placed, onOpen, onFold }: Props) {
  const frame = useRef<HTMLDivElement>(null);
  const [scale, setScale] = useState(1);
  const nodes = new Map(drawn.map((node) => [node.id, node]));
  const decides = new Set(edges.filter((e) => e.decides).map((e) => `${e.parentId}/${e.childId}`));
  const zoom = (by: number) => setScale((s) => Math.min(most, Math.max(least, s * by)));
  const fit = () => {
    const room = [frame.current?.clientWidth ?? 0, window.innerHeight - 200] as const;
    setScale(Math.min(1, Math.max(least, Math.min(room[0] / placed.width, room[1] / placed.height))));
  };
  // The node that is asked about is what one looks for first.
  // biome-ignore lint/correctness/useExhaustiveDependencies: once, when there is something to see
  useEffect(() => {
    const card = placed.cards[nodeId];
    const box = frame.current;
    // What is a little wider than the page is read a little smaller, not cut off.
    if (box && placed.width * legible <= box.clientWidth) setScale(Math.min(1, box.clientWidth / placed.width));
    else if (card && box) box.scrollTo(card.x - (box.clientWidth - cardWidth) / 2, card.y - box.clientHeight / 2);
  }, [nodeId]);
  return (
    <div className="pathbox">
      <div className="pathzoom" role="group" aria-label={t.size}>
        <Button small aria-label={t.smaller} onClick={() => zoom(0.8)}>
          −
        </Button>
        <Button small onClick={() => setScale(1)}>
          {Math.round(scale * 100)} %
        </Button>
        <Button small aria-label={t.larger} onClick={() => zoom(1.25)}>
          +
        </Button>
        {onFold ? (
          <Button small onClick={onFold}>
            {t.foldAll}
          </Button>
        ) : null}
        <Button small onClick={fit}>
          {t.fit}
        </Button>
      </div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard */}
      <section ref={frame} className="pathframe" aria-label={t.monitoringPath} tabIndex={0}>
        <div className="pathsheet" style={{ width: placed.width * scale, height: placed.height * scale }}>
          <div style={{ transform: `scale(${scale})`, width: placed.width, height: placed.height }}>
            <svg width={placed.width} height={placed.height} aria-hidden="true">
              {placed.lines.map(({ parentId, childId, points }) => {
                const strong = decides.has(`${parentId}/${childId}`);
                const tone = look(nodes.get(childId)?.status ?? "unknown").tone;
                return (
                  <path
                    key={`${parentId}/${childId}`}
                    className={strong ? `edge decides s-${tone}` : "edge"}
                    d={curve(points, placed.upright)}
                  />
                );
              })}
            </svg>
            {drawn.map((node) => {
              const at = placed.cards[node.id];
              if (!at) return null;
              const { opens } = node;
              return opens ? (
                <Folded key={node.id} node={node} {...at} onOpen={() => onOpen(opens)} />
              ) : (
                <Card key={node.id} node={node} {...at} here={node.id === nodeId} />
              );
            })}
          </div>
        </div>
      </section>
    </div>
  );
}

const Card = memo(function Card({ node, x, y, here }: { node: Drawn; x: number; y: number; here: boolean }) {
  const others = [
    node.otherProblems > 0 ? t.moreWithAProblem(count(node.otherProblems)) : "",
    node.otherCalm > 0 ? t.calm(count(node.otherCalm)) : "",
  ].filter(Boolean);
  const kind = node.rootCause ? t.rootCause : others.join(", ");
  return (
    <Link
      to={paths.node(node.id)}
      className={`pathcard s-${look(node.status).tone}${node.rootCause ? " cause" : ""}${here ? " here" : ""}`}
      style={{ transform: `translate(${x}px, ${y}px)`, width: cardWidth, height: cardHeight }}
      title={node.sentence}
      {...(here ? { "aria-current": "true" as const } : {})}
    >
      <span className="h">
        <StatusShape name={node.status} size="md" label />
        <b className="ell">{node.name}</b>
      </span>
      <span className="sub ell">
        <span className="ct">{node.status}</span>
        {kind ? ` · ${kind}` : ""}
      </span>
    </Link>
  );
});

/** Many leaves in one card: which they are, and a click shows each. */
function Folded({ node, x, y, onOpen }: { node: Drawn; x: number; y: number; onOpen: () => void }) {
  return (
    <button
      type="button"
      className={`pathcard many s-${look(node.status).tone}${node.rootCause ? " cause" : ""}`}
      style={{ transform: `translate(${x}px, ${y}px)`, width: cardWidth, height: cardHeight }}
      title={node.sentence}
      aria-expanded={false}
      onClick={onOpen}
    >
      <span className="h">
        <StatusShape name={node.status} size="md" label />
        <b className="ell">{node.name}</b>
      </span>
      <span className="sub ell">{node.sentence}</span>
    </button>
  );
}
