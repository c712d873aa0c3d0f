import { t } from "@texts/overview";
import { memo } from "react";
import { Badges } from "../../live/Badges";
import { because } from "../../live/because";
import { StatusShape } from "../../live/Status";
import type { Problem, RootCauses } from "../../live/tree";
import { Link } from "../../ui/Link";
import { Name } from "../../ui/Name";
import { counted } from "../../util/number";
import { paths } from "../../util/paths";
import { look } from "../../util/status";
import { age, utc } from "../../util/time";
import { useNow } from "../../util/useNow";

interface Props {
  causes: RootCauses;
  /** All nodes with a problem, those explained by others included. */
  total: number;
  onShowAll: () => void;
}

/** So many are shown. */
export const causesShown = 3;

/** What is wrong and why, before anything else. */
export const Problems = memo(function Problems({ causes, total, onShowAll }: Props) {
  const { worst: top, count } = causes;
  if (count === 0) return null;
  const explained = Math.min(
    total,
    top.reduce((sum, problem) => sum + 1 + problem.affects, 0),
  );
  return (
    <ul className="probs" aria-label={t.rootCausesWorstFirst} data-count={top.length}>
      {top.map((problem) => (
        <ProblemItem key={problem.node.id} problem={problem} />
      ))}
      {total > 1 ? (
        <li className="more">
          {t.of(counted(top.length, t.rootCausesExplain), explained, counted(total, t.problems))}{" "}
          <button type="button" className="linkbtn" onClick={onShowAll}>
            {count > top.length ? t.seeTheRest : t.seeAll}
          </button>
        </li>
      ) : null}
    </ul>
  );
});

function ProblemItem({ problem: { node, parent, affects } }: { problem: Problem }) {
  const now = useNow();
  const why = node.statusReason ?? t.is(node.name, node.status);
  return (
    <li className={`s-${look(node.status).tone}`}>
      <StatusShape name={node.status} label />
      <span className="ell">
        {parent ? (
          <span className="t3">
            <Name of={parent.name} /> /{" "}
          </span>
        ) : null}
        <Link to={paths.node(node.id)}>
          <b>
            <Name of={node.name} />
          </b>
        </Link>{" "}
        <Badges of={node} small />
      </span>
      <span className="since" title={utc(node.since)}>
        {age(now - Date.parse(node.since))}
      </span>
      <p className="why" title={why}>
        {because(why, node.name)}
        {affects > 0 ? t.affects(counted(affects, t.nodes)) : ""}
      </p>
    </li>
  );
}
