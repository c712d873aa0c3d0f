import { t } from "@texts/live";
import type { BacktestTransition, NodeBacktest } from "../../api/model";
import { count } from "../../util/number";
import { moment, utc } from "../../util/time";
import { Status } from "../Status";

/** Transitions that only one of the two has, in the order of time. */
export function TransitionsTable({ node }: { node: NodeBacktest }) {
  const rows = [
    ...node.added.map((change) => ({ change, by: "draft" as const })),
    ...node.removed.map((change) => ({ change, by: "recorded" as const })),
  ].sort((a, b) => a.change.at.localeCompare(b.change.at));
  const hidden = Number(node.addedCount) + Number(node.removedCount) - rows.length;
  if (rows.length === 0) return <p className="t3">{t.theDraftWouldHaveMadeTheSame}</p>;
  return (
    <div className="scrolls">
      <table className="tbl tight">
        <thead>
          <tr>
            <th>{t.time2}</th>
            <th>{t.onlyIn}</th>
            <th>{t.from}</th>
            <th>{t.to}</th>
            <th className="hide-p">{t.why}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map(({ change, by }) => (
            <Row key={`${by} ${change.at} ${change.to}`} change={change} by={by} />
          ))}
        </tbody>
      </table>
      {hidden > 0 ? <p className="t3 small">{t.moreNotListed(count(hidden))}</p> : null}
    </div>
  );
}

const Row = ({ change, by }: { change: BacktestTransition; by: "draft" | "recorded" }) => (
  <tr>
    <td className="t3 nw" title={utc(change.at)}>
      {moment(change.at)}
    </td>
    <td>{by === "draft" ? <b>{t.draft2}</b> : t.recorded2}</td>
    <td>
      <Status name={change.from} />
    </td>
    <td>
      <Status name={change.to} />
    </td>
    <td className="hide-p t2">{change.sentence}</td>
  </tr>
);
