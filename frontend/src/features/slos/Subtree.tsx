import { useQuery } from "@tanstack/react-query";
import { t } from "@texts/slos";
import { useState } from "react";
import type { NodeAvailability, ObjectiveReport } from "../../api/model";
import { sloSubtreeQuery } from "../../api/slos";
import { Reading } from "../../live/Reading";
import { Button } from "../../ui/Button";
import { Link } from "../../ui/Link";
import { Name } from "../../ui/Name";
import { Section } from "../../ui/Section";
import { count, none } from "../../util/number";
import { paths } from "../../util/paths";
import { exactAge } from "../../util/time";
import { percent } from "./words";

const first = 20;

/** The node and every one below it, in time as the objective counts it; the worst first. */
export function Subtree({ id, at, report }: { id: string; at: string | undefined; report: ObjectiveReport }) {
  const subtree = useQuery(sloSubtreeQuery(id, at));
  if (subtree.data?.nodes?.length === 1) return null;
  return (
    <Section title={t.below(report.node.name)} note={t.eachNodeInTimeAsTheObjective}>
      <Reading query={subtree} what={t.theSubtree} rows={4} height={28}>
        {(found) => <Nodes nodes={found.nodes ?? []} root={report.node.id} />}
      </Reading>
    </Section>
  );
}

const worst = (a: NodeAvailability, b: NodeAvailability) =>
  (a.availability ?? 101) - (b.availability ?? 101) || a.name.localeCompare(b.name);

function Nodes({ nodes, root }: { nodes: readonly NodeAvailability[]; root: string }) {
  const [all, showAll] = useState(false);
  const below = nodes.filter((node) => node.nodeId !== root).sort(worst);
  const rows = all ? below : below.slice(0, first);
  return (
    <>
      <table className="tbl tight subtree">
        <thead>
          <tr>
            <th>{t.node}</th>
            <th className="num">{t.availability}</th>
            <th className="num">{t.notAvailable}</th>
            <th className="num hide-p">{t.leftOut2}</th>
            <th className="num hide-p">{t.noData2}</th>
            <th className="num hide-p">{t.budgetLeft}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((node) => (
            <tr key={node.nodeId}>
              <td className="ell">
                <Link to={paths.node(node.nodeId)}>
                  <Name of={node.name} />
                </Link>
              </td>
              <td className="num">{percent(node.availability, 4)}</td>
              <td className="num">{node.bad > 0 ? exactAge(node.bad) : none}</td>
              <td className="num t2 hide-p">{node.excluded > 0 ? exactAge(node.excluded) : none}</td>
              <td className="num t2 hide-p">{node.noData > 0 ? exactAge(node.noData) : none}</td>
              <td className="num hide-p">
                <Left percentLeft={node.budgetLeftPercent} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {below.length > rows.length ? (
        <p className="after no-print">
          <Button small onClick={() => showAll(true)}>
            {t.showAll2(count(below.length))}
          </Button>
        </p>
      ) : null}
    </>
  );
}

const Left = ({ percentLeft }: { percentLeft: number | null }) =>
  percentLeft != null && percentLeft < 0 ? (
    <b className="ct s-down">{percent(percentLeft, 1)}</b>
  ) : (
    percent(percentLeft, 1)
  );
