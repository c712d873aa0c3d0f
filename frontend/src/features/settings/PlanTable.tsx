import { t } from "@texts/settings";
import type { PlannedChange } from "../../api/model";
import { count, none } from "../../util/number";

const most = 500;
const words = { create: t.new, change: t.changed, delete: t.deleted } as const;

/** A row per object; of one that changes, each member that differs. */
export function PlanTable({ changes }: { changes: readonly PlannedChange[] }) {
  return (
    <div className="scrolls">
      <table className="tbl tight plan">
        <thead>
          <tr>
            <th>{t.what}</th>
            <th>{t.kind}</th>
            <th>{t.name}</th>
            <th className="hide-p">{t.difference}</th>
          </tr>
        </thead>
        <tbody>
          {changes.slice(0, most).map((change) => (
            <tr key={`${change.kind} ${change.id ?? ""} ${change.name}`}>
              <td>{change.action === "create" ? words.create : <b>{words[change.action]}</b>}</td>
              <td className="t2">{change.kind === "pushKey" ? t.pushKey : change.kind}</td>
              <td>{change.name}</td>
              <td className="hide-p t2 small">{change.action === "change" ? <Members change={change} /> : none}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {changes.length > most ? <p className="t3 small">{t.moreNotListed(count(changes.length - most))}</p> : null}
    </div>
  );
}

const Members = ({ change }: { change: PlannedChange }) =>
  change.members.map(({ member, before, after }) => (
    <div key={member}>
      <span className="t3">{member}</span> {before == null ? null : <span className="was">{before}</span>}{" "}
      {after ?? none}
    </div>
  ));
