import { useQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { t } from "@texts/wallboard";
import { useEffect, useMemo } from "react";
import type { TreeNode } from "../../api/model";
import { treesQuery } from "../../api/queries";
import { useLive } from "../../live/LiveProvider";
import { Reading } from "../../live/Reading";
import { StatusShape } from "../../live/Status";
import { countByStatus } from "../../live/tree";
import { Button } from "../../ui/Button";
import { Empty } from "../../ui/Empty";
import { Link } from "../../ui/Link";
import { isTyping } from "../../util/keys";
import { count, counted } from "../../util/number";
import { paths } from "../../util/paths";
import { byWorst, look } from "../../util/status";
import { age, clock, utc } from "../../util/time";
import { useNow } from "../../util/useNow";
import { type Page, pagesOf } from "./board";
import { spread, useRoom } from "./useRoom";
import { useRotation } from "./useRotation";
import "./wallboard.css";

/** For a screen on the wall: no navigation, the worst first, to be read from afar; what does not fit comes in turn. */
export function WallboardPage() {
  const trees = useQuery(treesQuery());
  useLeaving();
  return (
    <Reading query={trees} what={t.theHierarchies}>
      {(found) =>
        found.length > 0 ? (
          <Wall trees={found} />
        ) : (
          <Empty
            title={t.nothingIsWatchedYet}
            actions={
              <Link className="btn pri" to={paths.overview()}>
                {t.overview}
              </Link>
            }
          >
            <p>{t.makeAHierarchyOnTheOverviewIt}</p>
          </Empty>
        )
      }
    </Reading>
  );
}

function Wall({ trees }: { trees: TreeNode[] }) {
  const { ref, room, width, height } = useRoom();
  const pages = useMemo(() => (room > 0 ? pagesOf(trees, room) : []), [trees, room]);
  const { index, held, hold, go } = useRotation(pages.length);
  const page = pages[index];
  return (
    <div className="wall">
      <header>
        <h1 className="vh">{t.wallboard}</h1>
        <Counts trees={trees} />
        <Clock />
        <Link className="btn quiet" to={paths.overview()} title="Esc">
          {t.leave}
        </Link>
      </header>
      <Title page={page} />
      <div ref={ref} className="wallroom">
        {page ? <Tiles page={page} {...spread(page.tiles.length, width, height)} /> : null}
      </div>
      <footer>
        {pages.length > 1 ? (
          <>
            <Button small look="quiet" title={t.space} aria-pressed={held} onClick={hold}>
              {held ? t.goOn : t.hold}
            </Button>
            <span className="wallturns">
              {pages.map(({ root, part, parts }, i) => (
                <button
                  key={`${root.id}/${part}`}
                  type="button"
                  className={`s-${look(root.status).tone}`}
                  aria-current={i === index ? "true" : undefined}
                  aria-label={parts > 1 ? t.part(root.name, part) : root.name}
                  title={root.name}
                  onClick={() => go(i)}
                />
              ))}
            </span>
          </>
        ) : null}
        {page && page.more > 0 ? <span className="t2">{t.and(counted(page.more, t.calmerLeaves))}</span> : null}
      </footer>
    </div>
  );
}

/** How many of each, over all hierarchies: what the wall says even while it shows another part. */
function Counts({ trees }: { trees: readonly TreeNode[] }) {
  const counts = countByStatus(trees);
  return (
    <p className="wallcounts">
      {[...counts.keys()].sort(byWorst).map((name) => (
        <span key={name}>
          <StatusShape name={name} size="lg" />
          <b>{count(counts.get(name) ?? 0)}</b> {name}
        </span>
      ))}
    </p>
  );
}

function Clock() {
  const { phase, brokenAt } = useLive();
  const now = useNow();
  return (
    <span
      className={phase === "broken" ? "wallclock stale" : "wallclock"}
      title={utc(new Date(phase === "broken" ? (brokenAt ?? now) : now).toISOString())}
    >
      {phase === "broken" ? t.notLiveSince(clock(brokenAt ?? now)) : clock(now)}
    </span>
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

function Title({ page }: { page: Page | undefined }) {
  if (!page) return <h2>&nbsp;</h2>;
  const { root, part, parts } = page;
  return (
    <h2>
      <StatusShape name={root.status} size="lg" />
      <Link className="ell" to={paths.node(root.id)}>
        {root.name}
      </Link>
      <span className={`ct s-${look(root.status).tone}`}>{root.status}</span>
      {parts > 1 ? <span className="t3">{t.of(part, parts)}</span> : null}
    </h2>
  );
}

function Tiles({ page, columns, scale }: { page: Page; columns: number; scale: number }) {
  const now = useNow(1000);
  const style = { "--columns": columns, "--scale": scale } as React.CSSProperties;
  return (
    <ul className="walltiles" style={style} aria-label={page.root.name}>
      {page.tiles.map((leaf) => (
        <Tile key={leaf.id} leaf={leaf} now={now} />
      ))}
    </ul>
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
          <StatusShape name={leaf.status} size="lg" />
          <b className="ell">{leaf.name}</b>
        </span>
        <span className="sub">{t.for(leaf.status, age(now - Date.parse(leaf.since)))}</span>
      </Link>
    </li>
  );
}
