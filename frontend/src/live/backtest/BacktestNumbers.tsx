import { t } from "@texts/live";
import type { BacktestObjective, NodeBacktest } from "../../api/model";
import { count, none } from "../../util/number";
import { byWorst } from "../../util/status";
import { moment } from "../../util/time";
import { Status } from "../Status";

/** `709:39:51` */
export function clockSpan(minutes: number): string {
  const seconds = Math.round(Math.abs(minutes) * 60);
  const two = (n: number) => String(n).padStart(2, "0");
  return `${Math.floor(seconds / 3600)}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`;
}

const signed = (minutes: number) => {
  if (Math.abs(minutes) * 60 < 0.5) return "0";
  return `${minutes > 0 ? "+" : "−"}${clockSpan(minutes)}`;
};

/** Time per status, recorded and under the draft. */
export function MinutesTable({ node: { before, after } }: { node: NodeBacktest }) {
  const statuses = [...new Set([...Object.keys(before.minutes), ...Object.keys(after.minutes)])]
    .sort(byWorst)
    .reverse();
  return (
    <div>
      <div className="sechead">
        <h3>{t.timePerStatus}</h3>
        <span className="t3 small">{t.hMmSs}</span>
      </div>
      <table className="tbl tight">
        <thead>
          <tr>
            <th>{t.status}</th>
            <th className="num">{t.recorded}</th>
            <th className="num">{t.draft}</th>
            <th className="num">{t.difference}</th>
          </tr>
        </thead>
        <tbody>
          {statuses.map((status) => {
            const [was, would] = [Number(before.minutes[status] ?? 0), Number(after.minutes[status] ?? 0)];
            const differs = signed(would - was);
            return (
              <tr key={status}>
                <td>
                  <Status name={status} />
                </td>
                <td className="num t2">{clockSpan(was)}</td>
                <td className="num">{clockSpan(would)}</td>
                <td className="num">{differs === "0" ? <span className="t3">0</span> : <b>{differs}</b>}</td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </div>
  );
}

const percent = (share: number | null | undefined) => (share == null ? none : `${(Number(share) * 100).toFixed(3)} %`);

/** What people would have noticed. */
export function BacktestNumbers({ node }: { node: NodeBacktest }) {
  const { before, after } = node;
  const missed = node.missed[0];
  return (
    <div>
      <div className="sechead">
        <h3>{t.whatWouldHaveChanged}</h3>
      </div>
      <dl className="figures">
        <Pair label={t.transitions} was={count(before.transitions)} would={count(after.transitions)} />
        <Pair label={t.notices} was={count(before.notices)} would={count(after.notices)} />
        <Pair label={t.incidents} was={count(before.incidents)} would={count(after.incidents)} />
        <Pair label={t.incidentsMissed} was="0" would={count(node.missedCount)} />
        <Pair label={t.availability} was={percent(before.availability)} would={percent(after.availability)} />
        {node.objectives.map((objective) => (
          <Objective key={objective.id} objective={objective} />
        ))}
      </dl>
      {missed ? (
        <p className="t2 small">
          {t.ofTheIncidentOfTheDraftWouldHave(
            moment(missed.from),
            missed.worst,
            node.missedCount > 1 ? t.norOfMore(node.missedCount - 1) : "",
          )}
        </p>
      ) : null}
    </div>
  );
}

const Pair = ({ label, was, would }: { label: string; was: string; would: string }) => (
  <div>
    <dt>{label}</dt>
    <dd>
      <span className="t3">{was}</span> <span className="t3">→</span> <b>{would}</b>
    </dd>
  </div>
);

const met = (is: boolean | null | undefined) => (is == null ? none : is ? "met" : "missed");

/** Of the window alone: in per cent, or in time where nothing may be bad. */
const budgetLeft = ({ budget }: BacktestObjective["before"]) => {
  if (budget == null) return none;
  return budget.leftPercent == null
    ? `${Number(budget.left) < 0 ? "−" : ""}${clockSpan(Number(budget.left) / 60_000)}`
    : `${Number(budget.leftPercent).toFixed(1)} %`;
};

/** What the draft would have meant for a promise. */
const Objective = ({ objective: { name, target, before, after } }: { objective: BacktestObjective }) => (
  <>
    <Pair label={`${name}, ${Number(target)} %`} was={met(before.met)} would={met(after.met)} />
    <Pair label={t.itsErrorBudgetLeft} was={budgetLeft(before)} would={budgetLeft(after)} />
  </>
);
