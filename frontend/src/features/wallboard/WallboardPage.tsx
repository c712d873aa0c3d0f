import { useQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useEffect } from "react";
import type { TreeNode } from "../../api/model";
import { treesQuery } from "../../api/queries";
import { useLive } from "../../live/LiveProvider";
import { Reading } from "../../live/Reading";
import { StatusShape } from "../../live/Status";
import { Empty } from "../../ui/Empty";
import { Link } from "../../ui/Link";
import { isTyping } from "../../util/keys";
import { counted } from "../../util/number";
import { paths } from "../../util/paths";
import { look } from "../../util/status";
import { age, clock } from "../../util/time";
import { useNow } from "../../util/useNow";
import { type Board, boardsOf } from "./board";
import "./wallboard.css";

/** Calm tiles of a hierarchy; problems come on top of it. */
const room = 60;

/** For a screen on the wall: no navigation, the worst first, to be read from afar. */
export function WallboardPage() {
  const trees = useQuery(treesQuery());
  const { phase } = useLive();
  const now = useNow();
  useLeaving();
  return (
    <div className="wall">
      <header>
        <h1>Wallboard</h1>
        <span className="t2">{phase === "live" ? "live" : "not live"}</span>
        <span className="clock">{clock(now)}</span>
        <Link className="btn" to={paths.overview()} title="Esc">
          Leave
        </Link>
      </header>
      <Reading query={trees} what="the hierarchies">
        {(found) =>
          found.length > 0 ? (
            boardsOf(found, room).map((board) => <Hierarchy key={board.root.id} board={board} now={now} />)
          ) : (
            <Empty title="Nothing is watched yet">
              <p>Make a hierarchy on the overview; it appears here at once.</p>
            </Empty>
          )
        }
      </Reading>
    </div>
  );
}

/** Esc goes back to where one can do something. */
function useLeaving() {
  const navigate = useNavigate();
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.key === "Escape" && !isTyping(event.target)) void navigate({ to: paths.overview() });
    };
    window.addEventListener("keydown", onKey);
    return () => window.removeEventListener("keydown", onKey);
  }, [navigate]);
}

function Hierarchy({ board: { root, tiles, more }, now }: { board: Board; now: number }) {
  return (
    <section aria-label={root.name}>
      <h2>
        <StatusShape name={root.status} size="lg" label />
        <Link to={paths.node(root.id)}>{root.name}</Link>
        <span className="t2">{root.status}</span>
      </h2>
      <ul className="walltiles">
        {tiles.map((leaf) => (
          <Tile key={leaf.id} leaf={leaf} now={now} />
        ))}
      </ul>
      {more > 0 ? <p className="t3">And {counted(more, "calmer leaf", "calmer leaves")}.</p> : null}
    </section>
  );
}

const fills: Record<string, string> = { down: "fill", critical: "fill", degraded: "tint", expired: "tint" };

function Tile({ leaf, now }: { leaf: TreeNode; now: number }) {
  const { tone } = look(leaf.status);
  return (
    <li>
      <Link
        className={`walltile s-${tone} ${fills[leaf.status] ?? ""}`}
        to={paths.node(leaf.id)}
        title={`${leaf.name}, ${leaf.status}`}
      >
        <span className="row">
          <StatusShape name={leaf.status} />
          <b className="ell">{leaf.name}</b>
        </span>
        <span className="sub">
          {leaf.status} for {age(now - Date.parse(leaf.since))}
        </span>
      </Link>
    </li>
  );
}
