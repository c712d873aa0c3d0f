import { useQuery } from "@tanstack/react-query";
import { t } from "@texts/checks";
import { useMemo } from "react";
import type { CheckView } from "../../api/model";
import { treesQuery } from "../../api/queries";
import { allNodes } from "../../live/places";
import { StatusShape } from "../../live/Status";
import { Link } from "../../ui/Link";
import { Section } from "../../ui/Section";
import { paths } from "../../util/paths";

/** The nodes that stand for the check. */
export function ShownBy({ check }: { check: CheckView }) {
  const trees = useQuery(treesQuery());
  const nodes = useMemo(() => allNodes(trees.data ?? []), [trees.data]);
  return (
    <Section title={t.shownBy}>
      {check.nodeIds.length === 0 ? (
        <p className="t3">
          {t.noNodeShowsItYet(check.kind === "report" ? t.placeItUnderUnplacedReports : t.addItAsAChildOfANode)}
        </p>
      ) : (
        <ul>
          {check.nodeIds.map((id) => (
            <li key={id} className="row">
              <StatusShape name={nodes.get(id)?.status ?? "unknown"} label />
              <Link to={paths.node(id)}>{nodes.get(id)?.name ?? id}</Link>
            </li>
          ))}
        </ul>
      )}
    </Section>
  );
}
